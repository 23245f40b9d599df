"""Jinja2 environment: strict, autoescaping, templates only from the Project; errors as diagnostics."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.sandbox import MAX_RANGE
from markupsafe import Markup

from leaflets.base.diagnostics import Diagnostic, Diagnostics, Place, Severity
from leaflets.base.project import Project
from leaflets.html import sandbox, typography
from leaflets.html.sandbox import SandboxedTemplates, TemplateLimitError
from leaflets.html.template_cache import Compiled

FOLDER = "templates"
_UNSAFE = re.compile(r"access to attribute '(\w+)'")
FILTERS = (Path(__file__), Path(sandbox.__file__), Path(typography.__file__))
"""Modules on which compiled templates depend: filters and this environment."""


class ProjectLoader(jinja2.BaseLoader):
    """Loader of templates from the project's folders; a name is the path below `templates/`."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, None]:
        name = f"{FOLDER}/{template}"
        if self.project.find(name) is None:
            raise jinja2.TemplateNotFound(template)
        try:
            text = self.project.read_text(name)
            if "\0" not in text:
                return text, self.project.shown(name), None
            line, said = text[: text.index("\0")].count("\n") + 1, "the character U+0000 may not stand in a file"
        except OSError as error:
            line, said = 1, f"the file cannot be read: {error.strerror}"
        except UnicodeDecodeError:
            line, said = 1, "the file is not UTF-8"
        raise jinja2.TemplateSyntaxError(said, line, template, self.project.shown(name))

    def list_templates(self) -> list[str]:
        """Names of the shipped templates, which are the ones in use; other files of a user's folder are not checked."""
        root = self.project.shipped / FOLDER
        return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.suffix in (".html", ".j2"))


def environment(project: Project) -> jinja2.Environment:
    """Create an environment: an undefined name is an error, every value is escaped unless it is Markup."""
    made = SandboxedTemplates(
        loader=ProjectLoader(project),
        undefined=jinja2.StrictUndefined,
        autoescape=lambda name: name is None or not name.endswith(".css.j2"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=Compiled(project.shipped.resolve(), FILTERS),
    )
    made.filters["page_content"] = page_content
    made.globals["field"] = field_marks
    made.filters["unlinked"] = typography.unlinked
    return made


def forget(made: jinja2.Environment, name: str) -> None:
    """Drop the compiled template `name`, and what other templates have imported, so that both are read anew."""
    if made.cache is None:
        return
    for key, template in list(made.cache.items()):
        template._module = None  # what it imported may be the old one
        if key[1] == name:
            del made.cache[key]


def page_content(words: str, target: str = "") -> str:
    """Convert words with {page} and {pages} to a value of the CSS property `content`.

    {page} is the current page, or that of the element to which `target` (an `attr()`) refers.
    """
    counters = {"{page}": f"target-counter({target}, page)" if target else "counter(page)", "{pages}": "counter(pages)"}
    quoted = (part.replace("\\", "\\\\").replace('"', '\\"') for part in re.split(r"(\{pages?\})", words) if part)
    return " ".join(counters.get(part, f'"{part}"') for part in quoted)


def field_marks(kind: str, name: str, label: str) -> Markup:
    """HTML attributes of a form field: kind (`pdf/forms/fields.py`), unique name in the leaflet, accessible label."""
    said = label.striptags() if isinstance(label, Markup) else label
    return Markup(' data-field="{}" data-name="{}" data-label="{}"').format(kind, name, said)


def check_templates(made: jinja2.Environment, diagnostics: Diagnostics) -> None:
    """Report each template with a syntax error."""
    for name in made.list_templates():
        try:
            made.get_template(name)
        except jinja2.TemplateError as error:
            diagnostics.items.append(template_diagnostic(error, made))


def template_diagnostic(error: Exception, made: jinja2.Environment) -> Diagnostic:
    """Convert an error raised while rendering to a diagnostic with its place in the template."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = Place(error.filename or error.name or FOLDER, error.lineno)
        return Diagnostic(place, Severity.ERROR, error.message or "broken template", "template")
    if isinstance(error, jinja2.TemplateNotFound):
        hint = "templates are looked up below templates/, first in the project's own folder"
        return Diagnostic(
            _last_line(error), Severity.ERROR, f"there is no template “{error.message}”", "template", hint
        )
    if isinstance(error, SecurityError | OverflowError | RecursionError | TemplateLimitError):
        return _forbidden(error)
    hint = "fields are listed in leaflets/html/views.py" if isinstance(error, jinja2.UndefinedError) else ""
    return Diagnostic(_last_line(error), Severity.ERROR, str(error) or type(error).__name__, "template", hint)


def _forbidden(error: Exception) -> Diagnostic:
    """Convert an error of the sandbox."""
    message, hint = (
        str(error),
        "templates run in a sandbox: they print the fields that are listed in leaflets/html/views.py",
    )
    if found := _UNSAFE.search(message):
        message = f"a template may not reach “{found[1]}”"
    elif isinstance(error, OverflowError):
        message = f"a range has more than {MAX_RANGE} numbers"
    elif isinstance(error, RecursionError):
        message = "templates include or call each other without an end"
    elif not isinstance(error, TemplateLimitError):
        message = "a template may not do this"
    return Diagnostic(_last_line(error), Severity.ERROR, message, "template", hint)


def _last_line(error: Exception) -> Place:
    """Innermost template line of a traceback (Jinja2 rewrites tracebacks to point into templates)."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith((".html", ".j2"))]
    return Place(frames[-1].filename, frames[-1].lineno or 1) if frames else Place(FOLDER)
