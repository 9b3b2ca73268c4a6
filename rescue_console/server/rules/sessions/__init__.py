"""Sessions from creation to end: the mail that invites, notes, handing over."""
