"""The customer's pages: from what the rules know to HTML in the browser's language."""
