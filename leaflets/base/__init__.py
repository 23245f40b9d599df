"""What every part uses: diagnostics, source text with positions, and the project handle."""
