"""The console's parts in the test's own process: panes, calls, and technicians using them."""
