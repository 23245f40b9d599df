"""Finished PDFs -> what the printer gets: imposed sheets with marks, the printer's test sheet."""
