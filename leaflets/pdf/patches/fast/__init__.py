"""Replacements of WeasyPrint's functions for speed: the same pages, the same bytes."""
