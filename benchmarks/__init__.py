"""What ``make bench`` measures: one file per subject, each figure beside its budget."""
