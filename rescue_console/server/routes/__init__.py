"""The routes: they read requests, call one rule each and answer. No decisions are made here."""
