"""What those who work with the child say before their record is read: it stands first in the audit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from programme import privacy
from programme.cases import FrameEntry
from programme.facts import Fact
from programme.people import Person
from programme.planning_facts import SaidBeforehand
from programme.refusals import NotAllowed, Refusal

LONGEST = 2000
QUESTIONS = {
    "proud_of": "What are you proud of in your work with this child?",
    "got_in_the_way": "What got in the way?",
    "may_be_asked": "Who of the family may be asked how it was for them, and who may not?",
}


@dataclass(eq=False)
class Beforehand:
    """One person's answers. Each may be empty."""

    entry: FrameEntry
    person: Person
    said_at: datetime
    proud_of: str = ""
    got_in_the_way: str = ""
    may_be_asked: str = ""
    id: int | None = None

    def say(self, said: Mapping[str, str], *, at: datetime) -> list[Fact]:
        """Answer, or answer anew: the last words stand."""
        for name in QUESTIONS:
            words = said.get(name, "").strip()
            if len(words) > LONGEST:
                msg = f"This is {len(words)} characters long; at most {LONGEST} are kept."
                raise Refusal(msg, field=name)
        for name in QUESTIONS:
            setattr(self, name, said.get(name, "").strip())
        self.said_at = at
        return [SaidBeforehand(about=self.entry.reference)]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Each question that was answered, with the answer."""
        return [(asked, words) for name, asked in QUESTIONS.items() if (words := getattr(self, name))]


def point_out_personal_data(said: Mapping[str, str]) -> None:
    """A name or a number that others should not read is pointed out, by its field."""
    for fault in privacy.found_in({name: said.get(name, "") for name in QUESTIONS}):
        raise Refusal(fault.sentence, field=fault.where)


def must_be_asked(entry: FrameEntry, person: Person, *, returned: bool) -> None:
    """Only those who work with the child, and only until the audit is back."""
    if not person.can_say_beforehand(entry.case) or entry.drawn_as is None:
        msg = "This is for the child's social worker and Team Manager."
        raise NotAllowed(msg)
    if returned:
        msg = "The audit of this record is back already. Thank you; what you said before stands in it."
        raise Refusal(msg)
