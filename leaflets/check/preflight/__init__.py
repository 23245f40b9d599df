"""Finished files -> diagnostics: are they fit to be printed?"""
