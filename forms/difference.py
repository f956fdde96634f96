"""What differs between two versions of one audit, question by question, in the words of the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.arrived import said
from forms.columns import Column, Kind, columns
from programme.tool import AuditTool


@dataclass(frozen=True)
class Line:
    """One answer: the question, what is said now, and what was said before (None where there is no before)."""

    title: str
    now: str
    before: str | None = None

    @property
    def differs(self) -> bool:
        return self.before is not None and self.before != self.now


def lines(fields: Mapping[str, str], tool: AuditTool | None, before: Mapping[str, str] | None = None) -> list[Line]:
    """Every answer of either version, in the form's order; what no question of the tool asks for comes last."""
    named = {column.name: column for column in columns(tool)} if tool else {}
    now, then = said(fields), said(before or {})
    names = [name for name in named if name in now or name in then]
    names += [name for name in sorted(now.keys() | then.keys()) if name not in named]
    return [_line(name, named.get(name), now, then, compared=before is not None) for name in names]


def changed(every: Sequence[Line]) -> list[Line]:
    return [line for line in every if line.differs]


def _line(name: str, column: Column | None, now: Mapping[str, str], then: Mapping[str, str], *, compared: bool) -> Line:
    was = in_words(column, then.get(name, "")) if compared else None
    return Line(column.title if column else name, in_words(column, now.get(name, "")), was)


def in_words(column: Column | None, value: str) -> str:
    """The label of a choice; any other answer as it was written."""
    if column is None or not column.choices:
        return value
    parts = value.split(";") if column.kind is Kind.TICKS else [value]
    return "; ".join(column.choices.get(part, part) for part in parts)
