"""What the server stores: tables, migrations and transactions. No rules live here."""
