"""The web page -> plain text, EPUB and braille with the same words."""
