"""What the applet does for the technician, each as far as the customer has allowed it."""
