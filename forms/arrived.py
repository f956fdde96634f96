"""One return as it came, whatever it came by, and what of it was said."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

from programme.refusals import Fault

NO_ANSWERS = frozenset({"response_id", "rows"})
"""Fields of the page itself: two sends that differ in nothing else are the same."""


@dataclass(frozen=True)
class Arrived:
    """One return as it came: where from, under which id, and its fields by our names.

    `received` is what came before it was read, where that differs. `unsure` is what was read with a doubt.
    """

    source: str
    response_id: str
    fields: Mapping[str, str]
    respondent: str = ""
    submitted_at: datetime | None = None
    received: str = ""
    unsure: Sequence[Fault] = field(default_factory=tuple)

    @property
    def sender(self) -> str:
        return self.respondent.strip().lower()

    @property
    def body(self) -> str:
        return self.received or json.dumps(dict(self.fields), ensure_ascii=False, sort_keys=True)

    @property
    def digest(self) -> str:
        """Of what was said, by whom and when: an answer that is changed and changed back is sent anew."""
        whole = [self.sender, self.submitted_at and self.submitted_at.isoformat(), said(self.fields)]
        return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def said(fields: Mapping[str, str]) -> dict[str, str]:
    """The answers among the fields, without those left empty and without what is only the page's own."""
    return {name: words.strip() for name, words in fields.items() if name not in NO_ANSWERS and words.strip()}


def said_alike(one: Mapping[str, str], other: Mapping[str, str], *, but_for: AbstractSet[str] = frozenset()) -> bool:
    """Whether the answers are the same, leaving aside those of some names."""
    return {each for each in said(one).items() if each[0] not in but_for} == {
        each for each in said(other).items() if each[0] not in but_for
    }
