"""Error for a machine that lacks what a command needs; it ends the program with exit status 2."""

from __future__ import annotations


class UnfitMachineError(Exception):
    """The machine lacks what the command needs, or has a version that cannot be used. The message is one line with what
    to do."""
