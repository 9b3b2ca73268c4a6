"""How the applet comes into its session: options, file name, joining."""
