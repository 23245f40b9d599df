"""Finished PDFs -> files for the printer: imposed sheets, marks, packs, the test sheet."""
