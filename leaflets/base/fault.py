"""Faults of the program itself: reported in one line, with the path of a file that has the traceback."""

from __future__ import annotations

import os
import sys

from leaflets import __version__


def details_of(error: BaseException) -> str:
    """Write an exception with its traceback into a new file of the system's folder for temporary files, which only this
    user can read; returns its path, or a sentence if no file can be written there."""
    import platform  # these are for faults alone
    import tempfile
    import traceback

    system = f"leaflets {__version__}, Python {platform.python_version()}, {platform.platform()}"
    text = "".join(traceback.format_exception(error))
    try:
        number, path = tempfile.mkstemp(prefix="leaflets-fault-", suffix=".txt")
        with os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{system}\n{sys.argv}\n\n{text}")
    except OSError as unwritable:
        return f"nowhere: {unwritable.strerror or unwritable}"
    return path


def sentence(error: BaseException) -> str:
    """The line that reports a fault of the program; a message of several lines is joined to one."""
    said = str(error).strip().partition("\n")[0].strip()
    kind = type(error).__name__
    shown = f"{kind}: {said[:160]}" if said else kind
    return f"leaflets: a fault of the program, not of your files ({shown}); the details are in {details_of(error)}"
