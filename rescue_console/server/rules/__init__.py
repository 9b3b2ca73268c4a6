"""The rules: what may happen to sign-ins, groups, technicians and sessions, and what follows."""
