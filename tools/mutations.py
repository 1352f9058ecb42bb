"""The small changes that a good test must notice: one place in a module, one change."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}


@dataclass(frozen=True)
class Place:
    """Where a change is made: the number of the change in the module, the function it lies in
    ("" for a constant of the module), its lines and the names it sets.
    """

    number: int
    function: str
    lines: tuple[int, ...]
    names: tuple[str, ...]
    what: str


def places(source: str) -> list[Place]:
    """Every change that can be made to a module."""
    return [
        Place(number, name, _lines(node), names, what)
        for number, (name, names, node, what, _) in enumerate(_changes(ast.parse(source)))
    ]


def mutated(source: str, place: Place) -> ast.Module:
    """The module with that one change."""
    tree = ast.parse(source)
    for number, (_, _, _, _, change) in enumerate(_changes(tree)):
        if number == place.number:
            change()
            break
    return ast.fix_missing_locations(tree)


def _lines(node: ast.AST) -> tuple[int, ...]:
    line = getattr(node, "lineno", 1)
    return tuple(range(line, getattr(node, "end_lineno", line) + 1))


_Change = tuple[ast.AST, str, Callable[[], None]]
_Found = tuple[str, tuple[str, ...], ast.AST, str, Callable[[], None]]


def _changes(tree: ast.Module) -> Iterator[_Found]:
    """In functions, methods and constants of the module; not in the fields of classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield from _inside(node.name, (), node.body)
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield from _inside(f"{node.name}.{inner.name}", (), inner.body)
        elif isinstance(node, ast.AnnAssign | ast.Assign) and node.value is not None:
            targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
            names = tuple(t.id for t in targets if isinstance(t, ast.Name))
            kind = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
            if names and names != ("__all__",) and not kind.startswith("TypeAlias"):
                yield from _inside("", names, [node.value])


def _inside(
    name: str, names: tuple[str, ...], body: Sequence[ast.stmt | ast.expr]
) -> Iterator[_Found]:
    for top in body:
        if isinstance(top, ast.Expr) and isinstance(top.value, ast.Constant):
            continue  # a docstring
        for node in _walk(top):
            for at, what, change in _of(node):
                yield name, names, at, what, change


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """The node and what lies in it, without annotations and docstrings."""
    yield node
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            documents = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            if isinstance(child, ast.AST) and not documents:
                yield from _walk(child)


def _of(node: ast.AST) -> Iterator[_Change]:
    """What can be changed at one node: where, in words, and how."""
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield test, f"if not {_words(test)}", partial(setattr, node, "test", _not(test))
        case ast.match_case(guard=ast.expr() as test):
            yield test, f"case if not {_words(test)}", partial(setattr, node, "guard", _not(test))
        case ast.comprehension(ifs=ifs):
            for at, one in enumerate(ifs):
                yield one, f"if not {_words(one)}", partial(ifs.__setitem__, at, _not(one))
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            nothing = partial(setattr, node, "value", ast.Constant(None))
            yield node, f"return None for {_words(value)}", nothing
        case ast.Expr(value=ast.Call(func=called)) if ast.unparse(called) != "assert_never":
            nothing = partial(setattr, node, "value", ast.Constant(None))
            yield node, f"without {_words(node)}", nothing
        case ast.Constant():
            yield from _of_constant(node)
        case _:
            yield from _of_operator(node)


def _of_constant(node: ast.Constant) -> Iterator[_Change]:
    match node.value:
        case bool() as value:
            yield node, f"{value}: {not value}", partial(setattr, node, "value", not value)
        case int() as value:
            yield node, f"{value}: {value + 1}", partial(setattr, node, "value", value + 1)
        case str() as value if value:
            yield node, f"{value!r}: {value + 'x'!r}", partial(setattr, node, "value", value + "x")


def _of_operator(node: ast.AST) -> Iterator[_Change]:
    match node:
        case ast.Compare(ops=ops):
            for at, op in enumerate(ops):
                other = COMPARED[type(op)]
                what = f"{_words(node)}: {other.__name__}"
                yield node, what, partial(ops.__setitem__, at, other())
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in COUNTED:
            swapped = COUNTED[type(op)]
            change = partial(setattr, node, "op", swapped())
            yield node, f"{_words(node)}: {swapped.__name__}", change
        case ast.BoolOp(op=op):
            flipped = ast.Or if isinstance(op, ast.And) else ast.And
            change = partial(setattr, node, "op", flipped())
            yield node, f"{_words(node)}: {flipped.__name__}", change


def _not(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _words(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004 - a line of a terminal
