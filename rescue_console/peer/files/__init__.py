"""File transfer between console and applet: the engine that both sides run. No Qt."""
