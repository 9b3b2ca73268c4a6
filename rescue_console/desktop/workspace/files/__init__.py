"""The section with files: transfers both ways and the customer's folders."""
