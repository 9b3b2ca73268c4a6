"""Chat with the customer: what was said, what is on its way, and how it is shown."""
