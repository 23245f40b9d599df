"""Finished PDF files read back: what is painted, and the structure that a screen reader gets."""
