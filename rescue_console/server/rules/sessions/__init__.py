"""Sessions from creation to their end: the mail that invites, notes, handing over."""
