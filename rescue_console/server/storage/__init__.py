"""What the server keeps: tables, migrations and transactions. No rules live here."""
