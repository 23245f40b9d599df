"""The structure tree of a PDF: marked content, nodes, table headers."""
