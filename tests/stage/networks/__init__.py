"""Networks: one that can be cut, a small internet of private networks, a malicious server."""
