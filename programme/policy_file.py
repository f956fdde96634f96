"""Reading the policy's TOML: each table by its class, each setting of its default's kind; what is wrong is named."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time
from typing import Any

from programme.refusals import Refusal

KINDS = {
    str: 'a text in quotes, like "Early Help"',
    int: "a whole number, like 30",
    bool: "true or false",
    date: "a day, like 2017-12-27",
    time: "an hour, like 12:00:00",
    tuple: "a list of days, like [2017-12-27]",
}


def section(name: str, kind: type[Any], given: object) -> Any:  # noqa: ANN401 - one of the classes above
    if not isinstance(given, Mapping):
        msg = f"'{name}' in the policy must be a table: write [{name}] on a line of its own."
        raise Refusal(msg, field=name)
    refuse_unknown(f"[{name}]", given, {part.name for part in fields(kind)})
    default = kind()
    return kind(**{key: setting(f"{name}.{key}", value, getattr(default, key)) for key, value in given.items()})


def setting(where: str, given: object, default: object) -> Any:  # noqa: ANN401 - of the default's kind
    """A setting of its default's kind: a number is above 0, and a list holds days."""
    if isinstance(given, list) and isinstance(default, tuple):
        return tuple(_of_kind(where, each, date) for each in given)
    if type(default) is int and type(given) is int and given < 1:
        msg = f"{where} in the policy is {given}; it must be above 0."
        raise Refusal(msg, field=where)
    return _of_kind(where, given, type(default))


def _of_kind(where: str, given: object, kind: type[Any]) -> object:
    if type(given) is not kind:
        msg = f"{where} in the policy is {given!r}; it must be {KINDS[kind]}."
        raise Refusal(msg, field=where)
    return given


def refuse_unknown(where: str, given: Mapping[str, Any], known: set[str]) -> None:
    for key in given:
        if key not in known:
            msg = f"{where} has '{key}', which is not a policy setting. Known here: {', '.join(sorted(known))}."
            raise Refusal(msg, field=key)
