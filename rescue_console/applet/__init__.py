"""The customer's small native program: control, clipboard, files, system information, restart."""
