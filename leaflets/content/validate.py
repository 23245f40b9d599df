"""Validation of YAML data against a model; pydantic's errors become diagnostics with positions."""

from __future__ import annotations

import types
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from leaflets.base.diagnostics import Diagnostics, did_you_mean
from leaflets.base.source import Path, Source

M = TypeVar("M", bound=BaseModel)


def validate(source: Source, model: type[M], diagnostics: Diagnostics) -> M | None:
    """Data of `source` as a `model`, or None after a diagnostic for each fault."""
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            _complain(source, model, problem, diagnostics)
        return None


def _complain(source: Source, model: type[BaseModel], problem: Any, diagnostics: Diagnostics) -> None:
    path, owner = _locate(source, model, problem["loc"])
    kind = problem["type"]
    name = next((step for step in reversed(problem["loc"]) if isinstance(step, str)), "")
    if kind == "extra_forbidden":
        known = [field for field in _fields(owner) if field not in _mapping(source, path[:-1])] if owner else []
        message, hint = f"unknown key “{name}”", did_you_mean(name, known)
        diagnostics.error(source.key_place(path), message, "unknown-key", hint)
    elif kind == "missing":
        diagnostics.error(source.place(path[:-1]), f"the key “{name}” is missing", "missing-key")
    elif kind in ("union_tag_invalid", "union_tag_not_found"):
        expected = str(problem.get("ctx", {}).get("expected_tags", "")).replace("'", "").split(", ")
        given = str(_mapping(source, path).get("kind", ""))
        message = f"unknown kind of block “{given}”" if given else "the block has no “kind”"
        hint = did_you_mean(given, expected) if given else "begin it with one, such as “kind: paragraph”"
        diagnostics.error(source.place((*path, "kind")), message, "unknown-kind", hint)
    elif kind == "model_type":
        what = f"“{name}”" if name else "the file"
        diagnostics.error(source.place(path), f"{what} does not hold keys with values", "wrong-value")
    elif kind == "string_pattern_mismatch" and "/" in problem["ctx"]["pattern"]:
        diagnostics.error(source.place(path), f"{name}: a block is written as section/block", "wrong-value")
    else:
        hint = str(problem.get("ctx", {}).get("hint", ""))
        diagnostics.error(source.place(path), f"{name}: {problem['msg']}", "wrong-value", hint)


def _mapping(source: Source, path: Path) -> dict[str, Any]:
    value: Any = source.data
    for step in path:
        value = value[step]
    return value if isinstance(value, dict) else {}


def _locate(source: Source, model: type[BaseModel], loc: tuple[Any, ...]) -> tuple[Path, type[BaseModel] | None]:
    """Path in the file for pydantic's `loc` (which also has union tags), and the model that owns its last step."""
    path: Path = ()
    current: Any = model
    owner: type[BaseModel] | None = model
    for step in loc:
        current = _bare(current)
        if isinstance(current, tuple):  # a union: the step is its tag
            current = next((option for option in current if _tag(option) == step), None)
            continue
        path = (*path, step)
        if isinstance(current, type) and issubclass(current, BaseModel):
            owner = current
            field = _fields(current).get(str(step))
            current = field.annotation if field else None
        else:
            arguments = get_args(current)
            current = arguments[-1] if get_origin(current) is dict else arguments[0] if arguments else None
    return path, owner


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
