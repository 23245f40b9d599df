"""Segments and message files (PO) -> the Article in another locale, with its state."""
