"""The server: API, rules, storage, mail, event stream and the customer's pages."""
