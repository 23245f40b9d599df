"""Patches: replaced functions of WeasyPrint, for fixes, tags and speed, and lazy imports."""
