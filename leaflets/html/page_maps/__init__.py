"""Views of layouts that have a page map."""
