"""A drawing is turned into PDF operators once for each size, not once for each place it stands in."""

from __future__ import annotations

from typing import Any

from leaflets.pdf.patches.replacing import Replacing

REPLACES = {"weasyprint.images:SVGImage.draw": "bf38036046fc040b"}
RELIES_ON = {
    "weasyprint.pdf.stream:Stream.pop_state": "de364bfee3bd7f4f",
    "weasyprint.pdf.stream:Stream.push_state": "3e2340c99b30acb9",
    "weasyprint.pdf.stream:Stream.set_alpha": "c9c74350fd9a8fb5",
    "weasyprint.pdf.stream:Stream.set_color": "d289ec41ef8285c2",
}


def install(patch: Replacing) -> None:
    patch.wrap("weasyprint.images:SVGImage.draw", _drawn_once)


def _drawn_once(original: Any) -> Any:
    import pydyf

    def draw(self: Any, stream: Any, width: float, height: float, style: Any) -> None:
        kept = self.__dict__.setdefault("drawn", {})
        key = (width, height, _state(stream))
        if key not in kept:
            kept[key] = _record(original, self, stream, width, height, style)
            return
        if kept[key] is None:
            original(self, stream, width, height, style)
            return
        operators, states = kept[key]
        stream.stream.extend(operators)
        for name, values in states.items():
            stream._resources["ExtGState"].setdefault(name, pydyf.Dictionary(values))
        stream._current_color = stream._current_color_stroke = None  # as after the Q that ends each drawing
        stream._current_alpha = stream._current_alpha_stroke = stream._current_font = None

    return draw


def _state(stream: Any) -> tuple[Any, ...]:
    """What the first operators of a drawing depend on."""
    colours = stream._current_color, stream._current_color_stroke
    return (*colours, stream._current_alpha, stream._current_alpha_stroke, stream.stream[-1:] == [b"q"])


def _record(original: Any, image: Any, stream: Any, width: float, height: float, style: Any) -> Any:
    """Draw, and return the operators with the transparencies they name; None for a drawing that needs more than that,
    such as text, gradients, groups or patterns of its own."""
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
    return {name: len(values) for name, values in resources.items() if name != "ExtGState" and values is not None}
