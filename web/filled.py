"""What somebody filled in on a page with several small forms: which form, and its fields by their own names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import request

from programme.refusals import Refusal


@dataclass(frozen=True)
class Filled:
    """One small form. Its fields are named by its step on the page, so that no two forms share a name there."""

    step: str
    said: Mapping[str, str]

    @classmethod
    def sent(cls) -> "Filled":
        return cls(request.form.get("step", ""), {name: words.strip() for name, words in request.form.items()})

    def words(self, name: str) -> str:
        return self.said.get(f"{self.step}_{name}", "")

    def day(self, name: str) -> date | None:
        return day(self.said, f"{self.step}_{name}", field=name)

    def errors(self, refusal: Refusal, otherwise: str) -> dict[str, str]:
        """The sentence under the field it is about, or under this one."""
        return {f"{self.step}_{refusal.field or otherwise}": refusal.sentence}


def day(said: Mapping[str, str], name: str, *, field: str = "") -> date | None:
    """A day in three boxes; None where all three are empty."""
    parts = [said.get(f"{name}.{part}", "") for part in ("year", "month", "day")]
    if not any(parts):
        return None
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, OverflowError) as error:
        msg = "Write the day as three numbers, like 2 10 2017."
        raise Refusal(msg, field=field or name) from error
