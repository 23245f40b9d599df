"""Other formats of a leaflet, made from its web page with the same words: plain text, EPUB, braille."""
