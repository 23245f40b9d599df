"""Form fields: read from the laid-out boxes, written as an AcroForm."""
