"""A reader for each corpus."""
