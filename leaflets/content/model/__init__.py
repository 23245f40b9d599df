"""Pydantic models of an article's files; the JSON Schemas for editors are made from them, docstrings included.

An article is *claims* (statements of the source article, in our words) and *blocks* (what is printed). Each block
names the claims and facts on which it rests and has the text of every reading level side by side.
"""
