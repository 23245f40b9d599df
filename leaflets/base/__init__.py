"""Common foundation of all parts: diagnostics, source files with positions, the project, stores, units."""
