"""The customer's small native companion: control, clipboard, files, system information."""
