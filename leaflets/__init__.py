"""Clinic-ready leaflets from one structured medical article."""

__version__ = "0.1.0"
