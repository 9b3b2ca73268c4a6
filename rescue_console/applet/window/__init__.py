"""The applet's window: its pages, what they show, and the words on them."""
