"""The section with what is known of the customer's device."""
