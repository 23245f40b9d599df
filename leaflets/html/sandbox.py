"""Sandbox of templates: no access to Python's internals, no changes of values, and a time limit.

A clinic's folder can contain templates. Jinja2's sandbox denies the attributes through which any code can be run. Each
turn of a loop and each call checks the time, so that an endless loop is an error at its line, in any thread.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from types import BuiltinFunctionType, BuiltinMethodType, MethodType
from typing import Any, TypeVar

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from leaflets.base.reader_limits import READERS

SECONDS = READERS["template"].seconds
AGAIN = 2.0
"""Seconds for later templates of an environment in which one has taken too long: the loop is often in all of them."""
MOST_REPEATED = 100_000
"""Greatest length of a repeated text or list, and greatest exponent; Python computes both without a check of
the time."""
MOST_TEXT = 5_000_000
"""Most characters of a text that a template puts together, and of what it prints."""
MOST_MADE = 100_000_000
"""Most characters, and entries of lists, that one rendering makes in all, kept or not: macros print what others have
made, so a page counts several times."""
MOST_TURNS = 10_000_000
"""Most turns of loops and calls of one rendering: a turn may keep a value of a few bytes."""
PIECES = 16
"""Pieces of output that are put together at a time: no more are held before their length is known."""
_LARGE_NUMBER = re.compile(r"\d{5}|\*")
_LARGE_FILTERS = frozenset(("batch", "center", "format", "indent", "join", "replace", "slice", "sum", "wordwrap"))
_METHODS = frozenset((MethodType, BuiltinMethodType))
_SIZED = (str, list, tuple, dict)
_Made = TypeVar("_Made")
TURNS = 64
"""Turns of loops between two checks of the time."""


class TemplateLimitError(jinja2.TemplateRuntimeError):
    """A template took too long, or computed something too large."""


class _Pieces(list[str]):
    """What a macro or a `set` block prints, piece by piece. TemplateLimitError when it is too long."""

    def __init__(self) -> None:
        super().__init__()
        self.length = 0

    def append(self, piece: str) -> None:
        self.length += len(piece)
        if self.length > MOST_TEXT:
            raise TemplateLimitError(f"it prints more than {MOST_TEXT:,} characters")
        super().append(piece)

    def extend(self, pieces: Iterable[str]) -> None:
        some = tuple(pieces)  # those of a tuple that is in the template, so they are few
        self.length += sum(map(len, some))
        if self.length > MOST_TEXT:
            raise TemplateLimitError(f"it prints more than {MOST_TEXT:,} characters")
        super().extend(some)


class _GuardedCode(CodeGenerator):
    """Compiled templates join texts (`~`), cut them and collect them by methods of the environment, which look at the
    length."""

    def buffer(self, frame: Frame) -> None:
        frame.buffer = self.temporary_identifier()
        self.writeline(f"{frame.buffer} = environment.pieces()")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        if isinstance(node.arg, nodes.Slice):
            self.write("environment.counted(")
            super().visit_Getitem(node, frame)
            self.write(")")
        else:
            super().visit_Getitem(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, **more: Any) -> None:  # type: ignore[override]  # noqa: N802
        if isinstance(node.node, nodes.EnvironmentAttribute):  # `tick`, which no template can name
            self.write(f"environment.{node.node.name}()")
        else:
            super().visit_Call(node, frame, **more)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 (the name is Jinja2's)
        escaped = "context.eval_ctx.autoescape" if frame.eval_ctx.volatile else repr(frame.eval_ctx.autoescape)
        self.write(f"environment.joined({escaped}, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


def _escaped(value: Any) -> str:
    """What is printed of a value: nearly all values are escaped already."""
    return value if type(value) is Markup else escape(value)


class _TimedTemplate(jinja2.Template):
    """A template with a time limit for each rendering."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        if isinstance(self.environment, SandboxedTemplates):
            self.environment.begin()
        return super().render(*args, **kwargs)


class SandboxedTemplates(ImmutableSandboxedEnvironment):
    """Environment for templates of unknown authors."""

    template_class = _TimedTemplate
    code_generator_class = _GuardedCode
    intercepted_binops = frozenset(("*", "**", "+", "%"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seconds = SECONDS
        self._rendering = threading.local()
        self._safe: set[tuple[type, str]] = set()
        self.globals.pop("lipsum", None)
        for name, called in self.filters.items():
            self.filters[name] = self._guarded(name, called)

    pieces = _Pieces
    escaped = staticmethod(_escaped)

    def concat(self, pieces: Iterable[str]) -> str:
        """Join what a template prints. TemplateLimitError when it is too long."""
        left, parts, total = iter(pieces), [], 0
        while some := list(islice(left, PIECES)):
            total += sum(map(len, some))
            if total > MOST_TEXT:
                raise TemplateLimitError(f"it prints more than {MOST_TEXT:,} characters")
            parts.append("".join(some))
        return self.counted("".join(parts))

    def joined(self, escaped: bool, parts: Sequence[Any]) -> str:
        """Join texts (`~`). TemplateLimitError when the result would be too long."""
        if sum(len(part) for part in parts if isinstance(part, str)) > MOST_TEXT:
            raise TemplateLimitError("“~” would make something too large")
        return self.counted(markup_join(parts) if escaped else str_join(parts))

    def counted(self, made: _Made) -> _Made:
        """Count a value that a template made. TemplateLimitError when all of them together are too large."""
        if isinstance(made, _SIZED):
            state = self._rendering
            state.made = total = getattr(state, "made", 0) + len(made)
            if total > MOST_MADE:
                raise TemplateLimitError(f"what it makes is longer than {MOST_MADE:,} characters in all")
        return made

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may reach an attribute. The answer depends on the type alone, and is remembered."""
        key = (type(obj), attr)
        if key in self._safe:
            return True
        safe: bool = super().is_safe_attribute(obj, attr, value)
        if safe:
            self._safe.add(key)
        return safe

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute for a template; one that was safe before is not looked at again, but for methods of texts."""
        if (type(obj), attribute) in self._safe:
            value = getattr(obj, attribute, None)
            if value is not None and type(value) not in _METHODS:
                return value
        return super().getattr(obj, attribute)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """`format` of a text, in Jinja2's sandbox and with a look at the size of its result; None for anything else."""
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None

        def formatted(*args: Any, **kwargs: Any) -> str:
            _look("format", (value.__self__, *args), kwargs)
            return self.counted(wrapped(*args, **kwargs))

        return formatted

    def begin(self) -> None:
        """Start the time of one rendering."""
        state = self._rendering
        state.end, state.turns, state.made = time.monotonic() + self.seconds, 0, 0

    def tick(self) -> str:
        """Called in each turn of each loop. Raises TemplateLimitError when the time is over."""
        state = self._rendering
        state.turns = turns = getattr(state, "turns", 0) + 1
        if turns > MOST_TURNS:
            raise TemplateLimitError(f"its loops have more than {MOST_TURNS:,} turns")
        if turns % TURNS == 0 and time.monotonic() > getattr(state, "end", float("inf")):
            took, self.seconds = self.seconds, min(self.seconds, AGAIN)
            raise TemplateLimitError(f"it is not rendered after {took:g} seconds: a loop is too long, or has no end")
        return ""

    def call(*args: Any, **kwargs: Any) -> Any:
        """Call a function or macro from a template: environment, context, function, its arguments."""
        environment, context, called = args[:3]
        environment.tick()
        if type(called) is Macro:  # of a template itself: nothing in it is to be kept from templates
            kwargs.pop("_block_vars", None)  # which Jinja2 hands to functions of the program alone
            kwargs.pop("_loop_vars", None)
            return called(context.eval_ctx, *args[3:], **kwargs)
        if type(called) is BuiltinFunctionType and isinstance(called.__self__, str):
            _look(called.__name__, (called.__self__, *args[3:]), kwargs)
        return environment.counted(ImmutableSandboxedEnvironment.call(*args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply, add, format, or raise to a power. TemplateLimitError when the result would be too large."""
        if operator == "%":
            large = isinstance(left, str) and bool(_LARGE_NUMBER.search(left))
        elif operator == "+":
            sides = [side for side in (left, right) if hasattr(side, "__len__")]
            large = sum(map(len, sides)) > MOST_TEXT
        elif operator == "**":
            large = any(isinstance(side, int) and abs(side) > MOST_REPEATED for side in (left, right))
        else:
            text, count = (left, right) if hasattr(left, "__len__") else (right, left)
            large = hasattr(text, "__len__") and isinstance(count, int) and len(text) * count > MOST_REPEATED
        if large or any(isinstance(side, int) and side.bit_length() > MOST_REPEATED for side in (left, right)):
            raise TemplateLimitError(f"“{operator}” would make something too large")
        return self.counted(super().call_binop(context, operator, left, right))

    def _guarded(self, name: str, called: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that looks at the size of its result first where it can be large, and counts it."""
        looks = name in _LARGE_FILTERS

        def guarded(*args: Any, **kwargs: Any) -> Any:
            if looks:
                _look(name, args, kwargs)
            return self.counted(called(*args, **kwargs))

        # attributes such as Jinja2's marks for what a filter wants to be given
        guarded.__dict__.update(getattr(called, "__dict__", {}))
        return guarded

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse a template; each loop calls `tick` first in each turn."""
        parsed = super()._parse(source, name, filename)
        for loop in parsed.find_all(nodes.For):
            call = nodes.Call(nodes.EnvironmentAttribute("tick"), [], [], None, None, lineno=loop.lineno)
            for node in call.find_all(nodes.Node):
                node.lineno = loop.lineno
            loop.body.insert(0, nodes.ExprStmt(call, lineno=loop.lineno).set_environment(self))
        return parsed


def _look(name: str, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
    """Raise TemplateLimitError for a filter, or a method of a text, whose result would be too large."""
    values = [*args, *kwargs.values()]
    texts = [value for value in values if isinstance(value, str)]
    large = any(isinstance(value, int) and abs(value) > MOST_REPEATED for value in values)
    if name in ("format", "format_map"):
        large = large or bool(texts and _LARGE_NUMBER.search(texts[0]))
    elif name == "replace" and len(texts) > 2:
        large = large or (texts[0].count(texts[1]) + 1) * len(texts[2]) + len(texts[0]) > MOST_TEXT
    elif name == "join":
        lists = [value for value in values if isinstance(value, Sequence) and not isinstance(value, str)]
        lengths = sum(len(item) for found in lists for item in found if isinstance(item, str))
        large = large or lengths + sum(map(len, texts)) * max(map(len, lists), default=1) > MOST_TEXT
    elif name == "sum":
        large = large or any(isinstance(value, (list, tuple)) for value in values[1:])
    if large:
        raise TemplateLimitError(f"“{name}” would make something too large")
