"""What a PDF file says of itself as a whole: its pages, title and language."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader

import leaflets.pdfio  # noqa: F401 (silences pypdf)


@dataclass(frozen=True)
class FileOutline:
    """Number of pages, title (ISO 32000-1, 14.3.3) and language (14.9.2) of a file; empty without one."""

    pages: int
    title: str
    language: str


def read_outline(body: bytes) -> FileOutline:
    """Read the outline of a file, in a child process. Raises whatever a broken file raises."""
    reader = PdfReader(BytesIO(body))
    root: Any = reader.trailer["/Root"]
    title = reader.metadata.title if reader.metadata else ""
    return FileOutline(len(reader.pages), str(title or ""), str(root.get("/Lang", "")))
