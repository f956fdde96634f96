"""What a browser sends, as every page reads it."""

from collections.abc import Iterable
from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict


class Fields(ImmutableMultiDict[str, Any]):
    """The fields of an address or a form, without NUL: no keyboard types it and no database keeps it."""

    def __init__(self, sent: Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__([(name, _keepable(value)) for name, value in sent])


class Asked(Request):
    parameter_storage_class = Fields


def _keepable(value: Any) -> Any:  # noqa: ANN401 - words, or a file, which stays as it is
    return value.replace("\0", "") if isinstance(value, str) else value
