"""Fields to fill in: found in the laid-out boxes, written as AcroForm."""
