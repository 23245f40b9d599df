"""A selector is compiled once, not again in each style sheet: those of the layouts differ in little but values."""

from __future__ import annotations

from typing import Any

AT_MOST = 4_000
"""Preludes that are kept; then all are let go. The shipped style sheets have some four hundred."""


def install() -> None:
    import tinycss2
    from weasyprint.css import validation

    original = validation.compile_selector_list
    kept: dict[str, Any] = {}

    def compile_selector_list(prelude: Any) -> Any:
        if prelude.__class__ is not list:
            return original(prelude)
        key = tinycss2.serialize(prelude)
        if key not in kept:
            if len(kept) >= AT_MOST:
                kept.clear()
            kept[key] = original(prelude)  # a faulty one is told each time
        return list(kept[key])

    validation.compile_selector_list = compile_selector_list
