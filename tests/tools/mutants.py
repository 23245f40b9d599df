"""Mutants: a module with one operator changed, run against its tests. A mutant that passes shows what no test holds.

    python -m tests.tools.mutants leaflets/check/readback/geometry.py tests/check/readback/test_geometry.py [name ...]

Each mutant runs in a forked process that already has everything imported, so most take a fraction of a second. Some
mutants change nothing (`<` for `<=` on measured numbers): what is printed is to be read, not counted.
"""

from __future__ import annotations

import ast
import copy
import importlib
import os
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SWAPS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div,), ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,), ast.Mod: (ast.Mult,), ast.And: (ast.Or,), ast.Or: (ast.And,),
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
}  # fmt: skip
LONGEST_S = 300
"""A mutant that runs longer is ended, and counts as found."""


def mutants(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """The line, what is changed, and the module's tree with that change."""
    for number, node in enumerate(ast.walk(tree)):
        for field, at, operator in _operators(node):
            for other in SWAPS.get(type(operator), ()):
                changed = copy.deepcopy(tree)
                parent = next(found for index, found in enumerate(ast.walk(changed)) if index == number)
                if at is None:
                    setattr(parent, field, other())
                else:
                    getattr(parent, field)[at] = other()
                yield node.lineno, f"{type(operator).__name__} -> {other.__name__}: {ast.unparse(parent)}", changed
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            changed = copy.deepcopy(tree)
            parent = next(found for index, found in enumerate(ast.walk(changed)) if index == number)
            assert isinstance(parent, ast.UnaryOp)
            was, parent.op, parent.operand = ast.unparse(parent), ast.Not(), ast.UnaryOp(ast.Not(), parent.operand)
            yield node.lineno, f"without not: {was}", ast.fix_missing_locations(changed)


def _operators(node: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    if isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign):
        yield "op", None, node.op
    elif isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            yield "ops", at, operator


def functions(holder: Any, module: str) -> Iterator[tuple[str, types.FunctionType]]:
    """The functions and methods that a module defines, by qualified name, also those within wrappers."""
    for value in list(vars(holder).values()):
        value = getattr(value, "__wrapped__", None) or getattr(value, "fget", None) or getattr(value, "func", value)
        if isinstance(value, types.FunctionType) and value.__module__ == module:
            yield value.__qualname__, value
        elif isinstance(value, type) and value.__module__ == module and value is not holder:
            yield from functions(value, module)


def survives(module: types.ModuleType, tree: ast.Module, tests: list[str]) -> bool:
    """Whether the tests pass with the module's functions as the tree has them."""
    child = os.fork()
    if not child:
        changed = types.ModuleType(module.__name__)
        changed.__dict__.update({"__file__": module.__file__, "__package__": module.__package__})
        sys.modules[module.__name__] = changed
        exec(compile(tree, str(module.__file__), "exec"), changed.__dict__)
        sys.modules[module.__name__] = module
        new = dict(functions(changed, module.__name__))
        for name, function in functions(module, module.__name__):
            function.__code__ = new[name].__code__
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        import signal

        signal.alarm(LONGEST_S)
        os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests])))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def main(path: str, *arguments: str) -> int:
    """Print the mutants that survive; the exit code says whether there are any."""
    tests = [name for name in arguments if name.partition("::")[0].endswith(".py")]
    chosen = [name for name in arguments if name not in tests]
    module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
    assert pytest.main(["-q", "-p", "no:cacheprovider", *tests]) == 0, "the tests fail without a mutant"
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    inside = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (not chosen or node.name in chosen)
        for line in range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
    }
    count, left = 0, 0
    for line, what, changed in mutants(tree):
        if line in inside:
            count += 1
            if survives(module, changed, tests):
                left += 1
                print(f"{path}:{line}: {what}", flush=True)
    print(f"{count} mutants, {left} survive")
    return int(bool(left))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
