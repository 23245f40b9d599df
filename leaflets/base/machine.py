"""Machine and environment: error for a machine that lacks what a command needs, and SOURCE_DATE_EPOCH."""

from __future__ import annotations

import datetime
import os

EPOCH = "SOURCE_DATE_EPOCH"
MOST_SECONDS = 253_402_300_799
"""The last second of the year 9999, the last that a date can name."""


class UnfitMachineError(Exception):
    """The machine lacks what the command needs, or has it in a version that cannot be used. The text is one line that
    says what to do. It ends the program with exit status 2."""


class SettingError(UnfitMachineError):
    """An environment variable has a value that cannot be used."""


def source_time() -> datetime.datetime | None:
    """The time of SOURCE_DATE_EPOCH (seconds since 1970, UTC; reproducible-builds.org); None when it is not set. Raises
    SettingError for any other value."""
    given = os.environ.get(EPOCH, "").strip()
    if not given:
        return None
    if not (given.isascii() and given.isdigit()) or len(given) > 12 or int(given) > MOST_SECONDS:
        raise SettingError(f"{EPOCH} is “{given[:40]}”; write seconds since 1970, such as 1767225600, or unset it")
    return datetime.datetime.fromtimestamp(int(given), datetime.UTC)


def check_settings() -> None:
    """Raise UnfitMachineError for a setting that no command can work with: SOURCE_DATE_EPOCH, and a current folder that
    is gone."""
    source_time()
    try:
        os.getcwd()
    except OSError:
        raise UnfitMachineError("the current folder is gone; go to another one: cd") from None
