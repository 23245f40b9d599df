"""Parser of finished PDF files: display list, fonts, and the structure tree that a screen reader gets."""
