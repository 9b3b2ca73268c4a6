"""How the console reaches the server: REST, event stream and stored credentials. No Qt here."""
