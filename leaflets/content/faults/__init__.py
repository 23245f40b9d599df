"""Words of diagnostics about files that do not fit their model."""
