"""Stamping: a clinic's details drawn and tagged on finished PDFs."""
