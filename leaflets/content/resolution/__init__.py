"""Checks that need the whole article, by what they look at; `content/resolve.py` walks the article."""
