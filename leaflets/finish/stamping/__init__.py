"""A clinic's details drawn and tagged on finished PDFs."""
