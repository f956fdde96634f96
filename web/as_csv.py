"""Rows as a file that a spreadsheet opens."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

BEGIN_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"
"""By it Excel knows that the file is UTF-8."""


def as_csv(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    """With a heading. What a spreadsheet would take for a formula is kept from being one by an apostrophe."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([_harmless(row.get(name)) for name in columns] for row in rows)
    return MARK + written.getvalue()


def _harmless(value: object) -> object:
    return (
        f"'{value}" if isinstance(value, str) and value.startswith(BEGIN_A_FORMULA) else "" if value is None else value
    )
