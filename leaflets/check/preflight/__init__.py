"""Preflight: rules that decide whether a finished file is fit to be printed."""
