"""What a command lacks on this machine, as an error that ends the program with exit status 2."""

from __future__ import annotations


class UnfitMachineError(Exception):
    """The machine lacks what the command needs, or has it in a version that cannot be used. The text is one line that
    says what to do."""
