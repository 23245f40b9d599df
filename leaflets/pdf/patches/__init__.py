"""Replacements of WeasyPrint's functions: mends, and lazy imports."""
