"""Customers: a browser, a computer with a screen, an invented person with something to do."""
