"""Which function of ours calls which, read from the source: as far as names tell.

`swapping.accept(…)` is the function of that room. `swap.accept(…)` is a method of the class that stands beside the
name; where none does and several classes have one of that name, what is said of the call must be true of each.
"""

import ast
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "storage", "programme")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Place:
    """A function of a module, or a method `of` one of its classes."""

    module: str
    name: str
    of: str = ""


class Calls:
    """The functions of some modules, by their place, and what each calls: per call, all it may be."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._trees = {module: ast.parse(source) for module, source in sources.items()}

    @classmethod
    def of_the_house(cls) -> "Calls":
        files = [
            file for room in ROOMS for file in sorted((HOUSE / room).rglob("*.py")) if "migrations" not in file.parts
        ]
        named = {file: file.relative_to(HOUSE).with_suffix("").as_posix().replace("/", ".") for file in files}
        return cls({name.removesuffix(".__init__"): file.read_text() for file, name in named.items()})

    def all_that_lead_to(self, ends: Callable[[Place], bool]) -> frozenset[Place]:
        """Every function of which one call at least, whatever it turns out to be, leads to what is looked for."""
        found = {place for place in self.functions if ends(place)}
        while more := {
            place for place in self.functions if place not in found and self._one_of_its_calls_is(place, found)
        }:
            found |= more
        return frozenset(found)

    def _one_of_its_calls_is(self, place: Place, among: Collection[Place]) -> bool:
        return any(may_be and all(each in among for each in may_be) for may_be in self._made[place])

    @cached_property
    def _made(self) -> Mapping[Place, Sequence[Sequence[Place]]]:
        return {
            place: [self._meant(node.func, place) for node in ast.walk(function) if isinstance(node, ast.Call)]
            for place, function in self.functions.items()
        }

    def _meant(self, called: ast.expr, within: Place) -> Sequence[Place]:
        if isinstance(called, ast.Name):
            where = self._imported[within.module].get(called.id, f"{within.module}.{called.id}")
            return self._known(*where.rpartition(".")[::2])
        if not isinstance(called, ast.Attribute):
            return []
        if isinstance(called.value, ast.Name) and called.value.id == "self":
            own = Place(within.module, called.attr, within.of)
            return [own] if own in self.functions else []
        room = self._room(called.value, within.module)
        if room:
            return self._known(room, called.attr)
        every, of = self._methods.get(called.attr, []), self._class_of(called.value, within)
        return [each for each in every if each.of == of] or every

    def _class_of(self, node: ast.expr, within: Place) -> str:
        """The class of a name where it is written: of an argument, or of what a function gives back."""
        if not isinstance(node, ast.Name):
            return ""
        function = self.functions[within]
        for argument in [*function.args.args, *function.args.kwonlyargs]:
            if argument.arg == node.id:
                return _class_in(argument.annotation)
        for each in ast.walk(function):
            if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call) and _is(each.targets[0], node.id):
                given = self._meant(each.value.func, within)
                return _class_in(self.functions[given[0]].returns) if len(given) == 1 else ""
        return ""

    def _known(self, module: str, name: str) -> Sequence[Place]:
        """A function of that name in the module, or in the one it takes it from."""
        if Place(module, name) in self.functions:
            return [Place(module, name)]
        further = self._imported.get(module, {}).get(name)
        return self._known(*further.rpartition(".")[::2]) if further else []

    def _room(self, node: ast.expr, module: str) -> str:
        """The module that `find.swaps` or `swapping` stands for here; empty for anything else."""
        if isinstance(node, ast.Name):
            named = self._imported[module].get(node.id, "")
        elif isinstance(node, ast.Attribute) and (room := self._room(node.value, module)):
            named = self._imported[room].get(node.attr, f"{room}.{node.attr}")
        else:
            return ""
        return named if named in self._trees else ""

    @cached_property
    def _imported(self) -> Mapping[str, Mapping[str, str]]:
        return {
            module: {
                alias.asname or alias.name: f"{node.module}.{alias.name}"
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom)
                for alias in node.names
            }
            for module, tree in self._trees.items()
        }

    @cached_property
    def functions(self) -> Mapping[Place, Function]:
        found = {}
        for module, tree in self._trees.items():
            for node in tree.body:
                if isinstance(node, Function):
                    found[Place(module, node.name)] = node
                elif isinstance(node, ast.ClassDef):
                    methods = [each for each in node.body if isinstance(each, Function)]
                    found |= {Place(module, each.name, node.name): each for each in methods}
        return found

    @cached_property
    def _methods(self) -> Mapping[str, Sequence[Place]]:
        found: dict[str, list[Place]] = {}
        for place in self.functions:
            if place.of:
                found.setdefault(place.name, []).append(place)
        return found


def _class_in(annotation: ast.expr | None) -> str:
    return annotation.id if isinstance(annotation, ast.Name) else ""


def _is(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name
