"""Rendering: material and page plan -> HTML and style sheets (Jinja2: strict, autoescaping, typed context)."""
