"""Finished files parsed, measured and judged: a second opinion that imports none of the code that made them."""
