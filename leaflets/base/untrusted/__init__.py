"""Data that somebody else may have changed: the names of files in it, and its types."""
