"""Validation of YAML data against a model; pydantic's errors become diagnostics with positions."""

from __future__ import annotations

import re
import types
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ValidationError
from pydantic.fields import FieldInfo

from leaflets.base.diagnostics import Diagnostics, did_you_mean
from leaflets.base.source import Path, Source, Step
from leaflets.content.faults.values import ValueFault, sentence

M = TypeVar("M", bound=BaseModel)


def written(pattern: str, what: str) -> AfterValidator:
    """Validator of a value that matches a pattern as a whole; `what`: what is to be written there, in words."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"“{value[:40]}” is not {what}")
        return value

    return AfterValidator(check)


def validate(source: Source, model: type[M], diagnostics: Diagnostics) -> M | None:
    """Data of `source` as a `model`, or None after a diagnostic for each fault."""
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        for problem in problems:
            if not _follows(problem, problems):
                _complain(source, model, problem, diagnostics)
        return None


def _follows(problem: Any, others: Iterable[Any]) -> bool:
    """Whether a list is too short only because its rows do not fit, which is told of each."""
    at = problem["loc"]
    return problem["type"] == "too_short" and any(
        other is not problem and other["loc"][: len(at)] == at for other in others
    )


def sound_part(source: Source, model: type[M], spare: Mapping[str, Any]) -> tuple[Source, M | None]:
    """What of a faulty file fits the model: without the keys and rows that do not, and with `spare` for keys that
    must be there; None when that is not enough. Places stay those of the file."""
    if not isinstance(source.data, dict):
        return source, None
    rows, keys = set(), set()
    for path in faulty_paths(source, model):
        if len(path) > 1 and isinstance(path[1], int):
            rows.add((path[0], path[1]))
        elif path:
            keys.add(path[0])
    part = _without(source, rows, keys)
    part.data = {**spare, **part.data}
    try:
        return part, model.model_validate(part.data)
    except ValidationError:
        return part, None


def faulty_paths(source: Source, model: type[BaseModel]) -> list[Path]:
    """Path of each value, or missing value, of `source` that does not fit a model."""
    try:
        model.model_validate(source.data)
    except ValidationError as error:
        return [_locate(model, problem["loc"]).path for problem in error.errors(include_url=False)]
    return []


def _without(source: Source, rows: Collection[tuple[Step, Step]], keys: Collection[Step]) -> Source:
    """A copy of a file without some of its keys and some rows of their lists; rows move up, their places stay."""
    data: dict[str, Any] = {}
    moved: dict[Path, Path] = {}
    for key, value in source.data.items():
        if key in keys:
            continue
        if not isinstance(value, list):
            data[key] = value
            continue
        left = [index for index in range(len(value)) if (key, index) not in rows]
        data[key] = [value[index] for index in left]
        moved.update({(key, index): (key, now) for now, index in enumerate(left)})

    def at(path: Path) -> Path | None:
        if len(path) < 2 or not isinstance(path[1], int):
            return path
        return (*moved[path[:2]], *path[2:]) if path[:2] in moved else None

    nodes = {now: node for path, node in source.nodes.items() if (now := at(path)) is not None}
    named = {now: node for path, node in source.keys.items() if (now := at(path)) is not None}
    return Source(source.name, source.text, data, nodes, named)


def _complain(source: Source, model: type[BaseModel], problem: Any, diagnostics: Diagnostics) -> None:
    spot = _locate(model, problem["loc"])
    path, owner = spot.path, spot.owner
    kind = problem["type"]
    name = next((step for step in reversed(problem["loc"]) if isinstance(step, str)), "")
    if kind == "extra_forbidden":
        known = [field for field in _fields(owner) if field not in _mapping(source, path[:-1])] if owner else []
        message, hint = f"unknown key “{name}”", did_you_mean(name, known)
        diagnostics.error(source.key_place(path), message, "unknown-key", hint)
    elif kind == "missing" and isinstance(path[-1], int):
        diagnostics.error(source.place(path), f"“{name}” has too few entries", "wrong-value")
    elif kind == "missing":
        diagnostics.error(
            source.place(path[:-1]), f"the key “{name}” is missing", "missing-key", f"write “{name}: …” there"
        )
    elif kind in ("union_tag_invalid", "union_tag_not_found"):
        expected = str(problem.get("ctx", {}).get("expected_tags", "")).replace("'", "").split(", ")
        given = str(_mapping(source, path).get("kind", ""))
        message = f"unknown kind of block “{given}”" if given else "the block has no “kind”"
        hint = did_you_mean(given, expected) if given else "begin it with one, such as “kind: paragraph”"
        diagnostics.error(source.place((*path, "kind")), message, "unknown-kind", hint)
    else:
        fault = ValueFault(
            kind, name, problem["input"], problem.get("ctx", {}), problem["msg"], spot.annotation, spot.about
        )
        message, hint = sentence(fault)
        diagnostics.error(source.place(path), message, "wrong-value", hint)


def _mapping(source: Source, path: Path) -> dict[str, Any]:
    value: Any = source.data
    for step in path:
        value = value[step]
    return value if isinstance(value, dict) else {}


@dataclass(frozen=True)
class _Spot:
    """Where a fault is: the path in the file, the model that owns its last step, and what that declares."""

    path: Path
    owner: type[BaseModel] | None
    annotation: Any
    about: str


def _locate(model: type[BaseModel], loc: tuple[Any, ...]) -> _Spot:
    """The spot of pydantic's `loc`, which also has union tags."""
    path: Path = ()
    current: Any = model
    owner: type[BaseModel] | None = model
    about = ""
    for step in loc:
        current = _bare(current)
        if isinstance(current, tuple):  # a union: the step is its tag
            current = next((option for option in current if _tag(option) == step), None)
            continue
        path = (*path, step)
        if isinstance(current, type) and issubclass(current, BaseModel):
            owner = current
            field = _fields(current).get(str(step))
            current, about = (field.annotation, field.description or "") if field else (None, "")
        else:
            arguments = get_args(current)
            current = arguments[-1] if get_origin(current) is dict else arguments[0] if arguments else None
    return _Spot(path, owner, _bare(current), about)


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Fields of a model by their names in a file."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _bare(annotation: Any) -> Any:
    """Annotation without Annotated and None; a union of several models as a tuple."""
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        options = tuple(option for option in get_args(annotation) if option is not types.NoneType)
        return _bare(options[0]) if len(options) == 1 else options
    return annotation


def _tag(option: Any) -> str | None:
    fields = getattr(option, "model_fields", {})
    return get_args(fields["kind"].annotation)[0] if "kind" in fields else None
