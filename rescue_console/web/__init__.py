"""What browsers get: templates, styles and scripts. No rules live here."""
