"""Command line: one command a file, imported only when it runs."""
