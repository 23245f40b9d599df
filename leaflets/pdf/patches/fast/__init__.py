"""Speed parts: caches and shortcuts in WeasyPrint's functions, with the same bytes as result."""
