"""The customer's pages: turns what the rules know into HTML in the browser's language."""
