"""The routes: they read requests, call one rule each and answer. No decision is taken here."""
