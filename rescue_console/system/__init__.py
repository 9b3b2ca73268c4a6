"""Features of the operating system that both console and applet use."""
