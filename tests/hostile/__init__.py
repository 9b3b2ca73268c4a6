"""Console, applet and server, each facing a hostile program instead of its usual peer."""
