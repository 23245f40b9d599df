"""Print files made of finished PDFs: imposed sheets, marks, packs; and the test sheet."""
