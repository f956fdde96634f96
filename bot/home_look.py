"""One person's look at App Home: what several of its parts need, found once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Self

from programme.actions import Action, by_urgency
from programme.allocations import Allocation
from programme.people import Person
from programme.rounds import Round
from storage import find
from storage.office import Office
from storage.session import Session


@dataclass
class Look:
    """One person's look at App Home, and what several parts of it need, found once."""

    session: Session
    office: Office
    me: Person
    now: datetime
    today: date

    @classmethod
    def of(cls, session: Session, office: Office, me: Person) -> Self:
        return cls(session, office, me, office.now(session), office.today(session))

    @cached_property
    def round(self) -> Round | None:
        return find.rounds.current(self.session)

    @cached_property
    def held(self) -> Sequence[Allocation]:
        return find.allocations.held_by(self.session, self.me)

    @cached_property
    def actions(self) -> list[Action]:
        return by_urgency(find.actions.that_may_be_confirmed_by(self.session, self.me, self.today), at=self.now)
