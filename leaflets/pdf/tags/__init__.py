"""Tags of a PDF (ISO 32000-1, 14.6 to 14.8): marked content, structure tree, table headers."""
