"""What the customer has allowed, and what keeps the technician's hands off the question."""
