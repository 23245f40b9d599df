"""A plan -> files: in parallel, each written whole or not at all."""
