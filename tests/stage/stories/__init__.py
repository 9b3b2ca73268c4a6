"""Active sessions with both sides at work, turned by Qt's loop."""
