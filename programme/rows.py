"""Reading rows of text, as files bring them: each fault named by row and column, none hiding another."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from programme.refusals import Fault, Faulty

Word = TypeVar("Word", bound=StrEnum)

YES_AND_NO = {"yes": True, "no": False}
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_WORD = 60


@dataclass(frozen=True)
class Row:
    """One row: its number as the file's reader sees it, and its cells by column, as text."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A file of rows: its headings in order, and each row with its number as a reader of the file sees it."""

    headings: Sequence[str]
    rows: Sequence[Row]


@dataclass
class Cells:
    """The cells of one row, read one by one; what is wrong with them is gathered in `faults`."""

    row: Row
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, column: str, sentence: str) -> None:
        self.faults.append(Fault(f"Row {self.row.number}, {column}", sentence))

    def text(self, column: str, *, at_most: int, needed: bool = False) -> str:
        said = self.row.cells.get(column, "").strip()
        if needed and not said:
            self.wrong(column, "is empty. It is needed.")
        if len(said) > at_most:
            self.wrong(column, f"has {len(said)} characters; at most {at_most} are kept.")
        if any(not character.isprintable() for character in said):
            self.wrong(column, "has a character that cannot be printed. Type it again.")
        return said

    def day(self, column: str) -> date | None:
        said = self.text(column, at_most=LONGEST_WORD)
        try:
            # Python would read 20171031 and 2017-W44-2 too, which nobody means here.
            return date.fromisoformat(said if DAY.fullmatch(said) else "?") if said else None
        except ValueError:
            self.wrong(column, f"'{said}' is not a date. Write it as 2017-10-31.")
            return None

    def yes(self, column: str) -> bool:
        """Yes or no; an empty cell is no."""
        said = self.text(column, at_most=LONGEST_WORD).lower() or "no"
        if said not in YES_AND_NO:
            self.wrong(column, f"'{said}' is neither yes nor no.")
        return YES_AND_NO.get(said, False)

    def word(self, column: str, words: type[Word]) -> Word | None:
        said = self.text(column, at_most=LONGEST_WORD).lower()
        return self.known(column, said, words) if said else None

    def words(self, column: str, words: type[Word]) -> list[Word]:
        """Several words separated by semicolons, each once, in their order."""
        said = [part.strip().lower() for part in self.text(column, at_most=300).split(";") if part.strip()]
        found = [self.known(column, each, words) for each in dict.fromkeys(said)]
        return [word for word in found if word is not None]

    def known(self, column: str, said: str, words: type[Word]) -> Word | None:
        try:
            return words(said)
        except ValueError:
            self.wrong(column, f"'{said}' is not known. Use one of: {', '.join(words)}.")
            return None

    def one_of(self, column: str, choices: Collection[str]) -> str:
        said = self.text(column, at_most=LONGEST_WORD, needed=True)
        found = {choice.lower(): choice for choice in choices}.get(said.lower(), "")
        if said and not found:
            self.wrong(column, f"'{said}' is not known. Use one of: {', '.join(choices)}.")
        return found


def must_have_columns(headings: Sequence[str], needed: Sequence[str], optional: Sequence[str] = ()) -> None:
    """Refuse a file whose columns are not the ones that are read, naming each."""
    faults = [Fault(f"Column '{name}'", "is missing.") for name in needed if name not in headings]
    known = [*needed, *optional]
    strange = [name for name in headings if name not in known]
    faults += [
        Fault(f"Column '{name}'", f"is not one that is read here. Known: {', '.join(known)}.") for name in strange
    ]
    refuse(faults)


def refuse(faults: Sequence[Fault]) -> None:
    """Refuse the whole file if anything in it is wrong."""
    if faults:
        count = f"{len(faults)} things are" if len(faults) > 1 else "One thing is"
        raise Faulty(f"{count} wrong with the file. Nothing was taken in.", faults)
