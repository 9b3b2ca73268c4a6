"""The section with what is known about the customer's device."""
