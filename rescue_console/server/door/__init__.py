"""What stands between the network and the application: who gets in, and how much they may send."""
