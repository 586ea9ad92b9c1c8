"""What is measured, against which floors, beside whom."""
