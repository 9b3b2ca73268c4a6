"""What the customer has allowed, and what keeps the technician from answering for them."""
