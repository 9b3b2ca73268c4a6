"""The section that shows the customer's screen and steers it."""
