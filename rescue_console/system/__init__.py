"""What the operating system offers to every program of ours."""
