"""Who is calling and what they may do: sign-in, passwords, codes, the tree of groups."""
