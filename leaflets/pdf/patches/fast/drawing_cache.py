"""Cache of SVG drawings as PDF operators, one entry for each size and graphics state."""

from __future__ import annotations

from typing import Any

from leaflets.pdf.patches.replacing import Replacements

REPLACES = {"weasyprint.images:SVGImage.draw": "bf38036046fc040b"}
RELIES_ON = {
    "weasyprint.pdf.stream:Stream.pop_state": "de364bfee3bd7f4f",
    "weasyprint.pdf.stream:Stream.push_state": "3e2340c99b30acb9",
    "weasyprint.pdf.stream:Stream.set_alpha": "c9c74350fd9a8fb5",
    "weasyprint.pdf.stream:Stream.set_color": "d289ec41ef8285c2",
}


def install(patch: Replacements) -> None:
    """Replace the functions in REPLACES."""
    patch.wrap("weasyprint.images:SVGImage.draw", _with_cached_operators)


def _with_cached_operators(original: Any) -> Any:
    """`SVGImage.draw` that writes cached operators."""
    import pydyf

    def draw(self: Any, stream: Any, width: float, height: float, style: Any) -> None:
        cached = self.__dict__.setdefault("operators_by_size", {})
        key = (width, height, _state(stream))
        if key not in cached:
            cached[key] = _record(original, self, stream, width, height, style)
            return
        if cached[key] is None:
            original(self, stream, width, height, style)
            return
        operators, states = cached[key]
        stream.stream.extend(operators)
        for name, values in states.items():
            stream._resources["ExtGState"].setdefault(name, pydyf.Dictionary(values))
        stream._current_color = stream._current_color_stroke = None  # restored by the Q at the end of the drawing
        stream._current_alpha = stream._current_alpha_stroke = stream._current_font = None

    return draw


def _state(stream: Any) -> tuple[Any, ...]:
    """The parts of the graphics state on which the first operators of a drawing depend."""
    colours = stream._current_color, stream._current_color_stroke
    return (*colours, stream._current_alpha, stream._current_alpha_stroke, stream.stream[-1:] == [b"q"])


def _record(original: Any, image: Any, stream: Any, width: float, height: float, style: Any) -> Any:
    """Draw, and return the operators with the transparencies (ExtGState) that they name; None for a drawing that uses
    other resources, such as text, gradients, groups or patterns."""
    resources = stream._resources
    before, states = _sizes(resources), resources["ExtGState"]
    own = resources["ExtGState"] = type(states)()
    start = len(stream.stream)
    try:
        original(image, stream, width, height, style)
    finally:
        resources["ExtGState"] = states
        simple = _sizes(resources) == before and all(name[0] in "aA" for name in own)
        for name, values in own.items():
            states.setdefault(name, values)
    operators = stream.stream[start:]
    if not simple or b"BT" in operators:
        return None
    return operators, {name: dict(values) for name, values in own.items()}


def _sizes(resources: Any) -> dict[str, int]:
    """Number of resources of each type except ExtGState."""
    return {name: len(values) for name, values in resources.items() if name != "ExtGState" and values is not None}
