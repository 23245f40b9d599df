"""Checks of the words of an article or a clinic, run before typesetting; input: parsed files, output: diagnostics."""
