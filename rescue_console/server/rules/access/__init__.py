"""Who asks, and whether they may: sign-in, passwords, codes, the tree of groups."""
