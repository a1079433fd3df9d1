"""
What a Word template may say: Jinja, of which almost nothing is left. Names of the published list,
a part of a row, `for`, `if`, `not`. Imports nothing of Django.

Nothing is ever compiled that is not on this list (`ClosedEnvironment`): what is not known here is
refused, whatever Jinja learns in the meantime.
"""

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from rapidfuzz import fuzz, process, utils

#: How many `if` and `for` stand in each other.
MAX_DEPTH = 8
#: How alike (of 100) a name must be to be offered instead of an unknown one.
ALIKE = 55
WHAT = {
    nodes.Call: "Fungsi dengan kurung (…)",
    nodes.Filter: "Penyaring |",
    nodes.Getitem: "Kurung siku […]",
    nodes.Test: "Kata is",
    nodes.Compare: "Perbandingan",
    nodes.BinExpr: "Hitungan",
    nodes.UnaryExpr: "Hitungan",
    nodes.Concat: "Sambungan ~",
    nodes.CondExpr: "Bentuk … if … else …",
    nodes.Literal: "Daftar di dalam templat",
}
ALLOWED = "Yang dapat dipakai: nama isian, for, if, not, dan else."
UNREADABLE = "Tidak terbaca. Tulis seperti {{ judul }} atau {% if tempat %}."
NESTED = "Perulangan di dalam perulangan tidak dapat dipakai."


class RefusedSyntax(TemplateError):
    """The template says something that is not allowed; the message says what, for a person."""


class ClosedEnvironment(ImmutableSandboxedEnvironment):
    """
    Compile templates that name nothing but `outline` ({name: None for a text, the names of a row's
    parts for a list}). Raises RefusedSyntax for anything else.
    """

    def __init__(self, outline):
        super().__init__(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
        self.globals, self.filters, self.tests = {}, {}, {}
        self.outline = outline

    def _parse(self, source, name, filename):
        tree = super()._parse(source, name, filename)
        if wrong := next(refusals_of(tree.body, self.outline), None):
            raise RefusedSyntax(wrong)
        return tree

    def read(self, source):
        """Return the nodes of a piece of a template, not judged yet. Raises TemplateSyntaxError."""
        try:
            return super()._parse(source, None, None).body
        except (ValueError, RecursionError) as error:
            raise TemplateSyntaxError(str(error), 1) from None


def refusals_of(body, scope, depth=0, *, in_loop=False):
    """
    Yield what is wrong with these nodes, as sentences. `scope` is {name: what it is}: None for a
    text, a list for a list, a dict for one row of a list.
    """
    if depth > MAX_DEPTH:
        yield "Terlalu banyak if dan for di dalam satu sama lain."
        return
    for node in body:
        match node:
            case nodes.Output():
                for one in node.nodes:
                    yield from _of_output(one, scope)
            case nodes.If():
                yield from _of_test(node.test, scope)
                for part in (node.body, node.elif_, node.else_):
                    yield from refusals_of(part, scope, depth + 1, in_loop=in_loop)
            case nodes.For():
                if in_loop:
                    yield NESTED
                yield from _of_loop(node, scope)
                inner = scope | loop_scope(node, scope)
                yield from refusals_of(node.body, inner, depth + 1, in_loop=True)
                yield from refusals_of(node.else_, scope, depth + 1, in_loop=in_loop)
            case _:
                yield f"{type(node).__name__.lower()} tidak dapat dipakai. {ALLOWED}"


def loop_scope(node, scope):
    """Return {name: what it is} of the variable of a loop."""
    if not isinstance(node.target, nodes.Name):
        return {}
    rows = scope.get(node.iter.name) if isinstance(node.iter, nodes.Name) else None
    if not isinstance(rows, list):
        return {node.target.name: None}
    return {node.target.name: dict.fromkeys(rows) if rows else None}


def _of_output(node, scope):
    match node:
        case nodes.TemplateData() | nodes.Const():
            return
        case nodes.Name(name=name) if isinstance(scope.get(name), list):
            yield f"{name} adalah daftar. Ulangi dengan {{%p for butir in {name} %}}."
        case nodes.Name(name=name) if isinstance(scope.get(name), dict):
            parts = ", ".join(f"{name}.{part}" for part in scope[name])
            yield f"{name} adalah satu baris daftar. Tulis bagiannya: {parts}."
        case _:
            yield from _of_value(node, scope)


def _of_test(node, scope):
    if isinstance(node, nodes.Not):
        yield from _of_test(node.node, scope)
    elif not isinstance(node, nodes.Const):
        yield from _of_value(node, scope)


def _of_value(node, scope):
    """Yield what is wrong with a name, or a part of a row."""
    match node:
        case nodes.Name(name=name):
            if name not in scope:
                yield unknown(name, scope)
        case nodes.Getattr(node=nodes.Name(name=name), attr=part):
            if name not in scope:
                yield unknown(name, scope)
            elif not isinstance(scope[name], dict):
                yield f"{name} tidak punya bagian {part}."
            elif part.startswith("_") or part not in scope[name]:
                yield unknown(part, scope[name], within=f"{name}.")
        case _:
            kind = next((told for one, told in WHAT.items() if isinstance(node, one)), "Bentuk ini")
            yield f"{kind} tidak dapat dipakai. {ALLOWED}"


def _of_loop(node, scope):
    if not isinstance(node.target, nodes.Name) or node.test or node.recursive:
        yield "Tulis perulangan seperti for butir in agenda."
    match node.iter:
        case nodes.Name(name=name):
            if name not in scope:
                lists = [one for one, what in scope.items() if isinstance(what, list)]
                yield unknown(name, lists)
            elif not isinstance(scope[name], list):
                yield f"{name} bukan daftar, sehingga tidak dapat diulang."
        case nodes.Getattr():
            yield "Yang dapat diulang hanya daftar dari isian naskah."
        case other:
            yield from _of_value(other, scope)


def unknown(name, known, *, within=""):
    """Return that there is no such name, and the known one that is nearest to it."""
    nearest = process.extractOne(
        name, list(known), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=ALIKE
    )
    told = f"Isian {within}{name[:60]} tidak dikenal."
    return f"{told} Mungkin maksudnya {within}{nearest[0]}?" if nearest else told
