"""Built editions -> the catalogue: JSON for machines, a page for people."""
