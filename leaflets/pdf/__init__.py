"""HTML -> a tagged PDF (WeasyPrint), page ends settled by a measured second pass. WeasyPrint is imported only here."""
