"""Files derived from finished PDFs and web pages: print files, stamped copies, other formats."""
