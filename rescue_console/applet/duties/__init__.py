"""What the applet does for the technician, as far as the customer allows it."""
