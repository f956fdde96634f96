"""A tab of a sheet read as rows of text, as a file of rows is.

Google makes numbers of what looks like one. A day is read back from its number; a reference is not: whether 123 was
typed as 00123 cannot be known any more.
"""

from datetime import timedelta

from forms.files import Rows
from forms.google import DAY_ZERO
from forms.sheets import Snapshot
from programme.refusals import Fault, Faulty

REFERENCES = frozenset({"case_ref", "family_ref"})
DAYS = frozenset({"opened", "closed"})


def rows_of(snapshot: Snapshot) -> Rows:
    """Every row as text, or a refusal that names each reference that is a number."""
    headings = [" ".join(heading.split()).lower() for heading in snapshot.headings]
    faults = [
        Fault(
            f"Row {number}, {heading}", "is a number in the sheet. Format the column as plain text and type it again."
        )
        for number, cells in snapshot.rows
        for heading, cell in zip(headings, cells, strict=False)
        if heading in REFERENCES and isinstance(cell, int | float)
    ]
    if faults:
        raise Faulty("The sheet has references that may have lost their zeros. Nothing was taken in.", faults)
    return Rows(
        headings,
        [
            (number, {heading: _text(heading, cell) for heading, cell in zip(headings, cells, strict=False)})
            for number, cells in snapshot.rows
        ],
    )


def _text(heading: str, cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if heading in DAYS and isinstance(cell, int | float):
        return (DAY_ZERO + timedelta(days=int(cell))).isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
