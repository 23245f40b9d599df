"""Proofreading: rules of single words and lines, as a table; each finds what it is about in one line."""
