"""How the applet gets into its session: options, file name, joining."""
