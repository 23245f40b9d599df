"""Sandbox of templates: no access to Python's internals, no changes of values, and a time limit.

A clinic's folder can contain templates. Jinja2's sandbox denies the attributes through which any code can be run. Each
turn of a loop and each call checks the time, so that an endless loop is an error at its line, in any thread.
"""

from __future__ import annotations

import threading
import time
from types import MethodType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from leaflets.base.reader_limits import READERS

SECONDS = READERS["template"].seconds
AGAIN = 2.0
"""Seconds for later templates of an environment in which one has taken too long: the loop is often in all of them."""
MOST_REPEATED = 100_000
"""Greatest length of a repeated text or list, and greatest exponent; Python computes both without a check of
the time."""
TURNS = 64
"""Turns of loops between two checks of the time."""


class TemplateLimitError(jinja2.TemplateRuntimeError):
    """A template took too long, or computed something too large."""


class _TimedTemplate(jinja2.Template):
    """A template with a time limit for each rendering."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        if isinstance(self.environment, SandboxedTemplates):
            self.environment.begin()
        return super().render(*args, **kwargs)


class SandboxedTemplates(ImmutableSandboxedEnvironment):
    """Environment for templates of unknown authors."""

    template_class = _TimedTemplate
    intercepted_binops = frozenset(("*", "**"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seconds = SECONDS
        self._rendering = threading.local()
        self._safe: set[tuple[type, str]] = set()

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may reach an attribute. The answer depends on the type alone, and is remembered."""
        key = (type(obj), attr)
        if key in self._safe:
            return True
        safe: bool = super().is_safe_attribute(obj, attr, value)
        if safe:
            self._safe.add(key)
        return safe

    def begin(self) -> None:
        """Start the time of one rendering."""
        self._rendering.end, self._rendering.turns = time.monotonic() + self.seconds, 0

    def tick(self) -> str:
        """Called in each turn of each loop. Raises TemplateLimitError when the time is over."""
        state = self._rendering
        state.turns = turns = getattr(state, "turns", 0) + 1
        if turns % TURNS == 0 and time.monotonic() > getattr(state, "end", float("inf")):
            took, self.seconds = self.seconds, min(self.seconds, AGAIN)
            raise TemplateLimitError(f"it is not rendered after {took:g} seconds: a loop is too long, or has no end")
        return ""

    def call(*args: Any, **kwargs: Any) -> Any:
        """Call a function or macro from a template: environment, context, function, its arguments."""
        environment, context, called = args[:3]
        if type(called) is MethodType and called == environment.tick:
            return environment.tick()
        environment.tick()
        if type(called) is Macro:  # of a template itself: nothing in it is to be kept from templates
            return context.call(*args[2:], **kwargs)
        return ImmutableSandboxedEnvironment.call(*args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply or raise to a power. TemplateLimitError when the result would be too large."""
        if operator == "**":
            large = any(isinstance(side, int) and abs(side) > MOST_REPEATED for side in (left, right))
        else:
            text, count = (left, right) if hasattr(left, "__len__") else (right, left)
            large = hasattr(text, "__len__") and isinstance(count, int) and len(text) * count > MOST_REPEATED
        if large:
            raise TemplateLimitError(f"“{operator}” would make something too large")
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse a template; each loop calls `tick` first in each turn."""
        parsed = super()._parse(source, name, filename)
        for loop in parsed.find_all(nodes.For):
            call = nodes.Call(nodes.EnvironmentAttribute("tick"), [], [], None, None, lineno=loop.lineno)
            for node in call.find_all(nodes.Node):
                node.lineno = loop.lineno
            loop.body.insert(0, nodes.ExprStmt(call, lineno=loop.lineno).set_environment(self))
        return parsed
