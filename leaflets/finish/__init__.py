"""Finished PDFs -> what the printer gets: sheets with marks, packs, clinics' stamps, the test sheet."""
