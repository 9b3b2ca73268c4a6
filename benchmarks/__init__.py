"""What ``make bench`` measures: one file per subject, one budget beside each figure."""
