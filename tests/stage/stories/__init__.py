"""Active sessions with both sides at work, run by Qt's loop."""
