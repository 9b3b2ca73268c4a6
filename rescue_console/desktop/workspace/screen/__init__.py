"""The section that shows the customer's screen and controls it."""
