"""Who gets in, and how much they may send."""
