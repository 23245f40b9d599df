"""An Edition and its Article -> HTML and its style sheets (Jinja2: strict, autoescaping, typed context)."""
