"""Localisation: message files (PO), translated articles, the templates' words, tables of locales, fonts, braille."""
