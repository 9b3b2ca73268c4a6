"""The console's connection to its server: calls, events, and whether the technician is there."""
