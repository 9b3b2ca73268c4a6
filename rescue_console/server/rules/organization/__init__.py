"""Groups, technicians and the owner: who belongs where, and what they may do."""
