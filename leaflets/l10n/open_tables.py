"""Tables of a project: its locales and fonts over the shipped ones, for this process."""

from __future__ import annotations

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project, use
from leaflets.l10n.font_table import FONTS
from leaflets.l10n.languages import LOCALES


def open_tables(project: Project) -> None:
    """Use the locales and fonts of a project in this process. Quick when nothing has changed."""
    use(project)
    FONTS.open(project)
    LOCALES.open(project)


def report_tables(project: Project, diagnostics: Diagnostics) -> None:
    """Open the tables of a project and report the faults of its files."""
    open_tables(project)
    diagnostics.extend([*FONTS.faults(), *LOCALES.faults()])
