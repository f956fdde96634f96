"""A month that is played on record and on the model side by side, and all that happens in it beside swaps."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from programme.absences import Away
from programme.calendar import at_london
from programme.people import Person
from programme.policy import Policy, SwapRules
from programme.refusals import Refusal
from programme.rulebook import Rulebook
from programme.submissions import Submission
from programme.words import SubmissionState
from storage import clock, find, handing_on, journal, reporting, staffing, turning
from storage.office import Office
from storage.session import Session
from tests import cast as people
from tests.cast import whole_answers
from tests.databases import Databases, Kind, Records
from tests.storage import swap_borough
from tests.storage.swap_borough import WORLD
from tests.storage.swap_month import CLOSES, DUE, NOVEMBER, OCTOBER, No, weekdays

ANYBODY, AUDITORS = st.sampled_from(sorted(WORLD.names)), st.sampled_from(sorted(WORLD.room))
REFS = st.sampled_from([f"AUD-{OCTOBER}-{number:02d}" for number in range(1, 6)])
Item = TypeVar("Item")

BY = st.sampled_from(["bronwen", "bronwen", "leocadia", "asha", "cora"])
PICK = st.integers(0, 30)
HOURS = [time(0), time(8), time(10), time(16), time(23, 59, 59)]


class Play(RuleBasedStateMachine):
    """What is refused by one is refused by the other. `PICK` chooses among what there is at the time."""

    def __init__(self, databases: Databases, records: Records, kind: Kind) -> None:
        super().__init__()
        self.borrowed = ExitStack()
        url = self.borrowed.enter_context(databases.lent(kind, swap_borough.on_record))
        record = self.borrowed.enter_context(records.at(kind, url))
        rules = Rulebook.of(Policy())
        self.office = Office(record, rules, address="", demo=True)
        self.cast, self.model = people.gather(rules), swap_borough.model()
        self.refs: list[str] = []
        self.forms: dict[str, tuple[str, str]] = {}
        self.set_clock(self.model.now)

    def teardown(self) -> None:
        self.month_is_reported()
        self.borrowed.close()

    def both(self, mine: Callable[[], object], theirs: Callable[[Session], object]) -> None:
        before = deepcopy(self.model)
        try:
            mine()
        except No:
            self.model = before
            with pytest.raises(Refusal), self.office.record.writing() as session:
                theirs(session)
            return
        with self.office.record.writing() as session:
            theirs(session)

    def who(self, session: Session, name: str) -> Person:
        found = find.people.by_email(session, f"{name}@example.org")
        assert found is not None
        return find.people.whole(session, found.id or 0)

    def set_clock(self, to: datetime) -> None:
        with self.office.record.writing() as session:
            clock.set_to(session, at_london(to.date(), to.time()))

    @initialize(approval=st.booleans())
    def policy(self, approval: bool) -> None:
        self.model.approval = approval
        rules = Rulebook.of(Policy(swaps=SwapRules(approval=approval)))
        self.office = replace(self.office, rules=rules)

    # Time, and who is there.

    @precondition(lambda self: self.model.today < date(2017, 11, 6))
    @rule(days=st.sampled_from([0, 0, 0, 1, 1, 3]), hour=st.sampled_from(HOURS))
    def time_goes_by(self, days: int, hour: time) -> None:
        then = datetime.combine(self.model.today + timedelta(days=days), hour)
        self.model.now = max(self.model.now, then)
        self.set_clock(self.model.now)

    @precondition(lambda self: self.model.today < date(2017, 10, 25))
    @rule(who=AUDITORS, ahead=st.integers(0, 2), long=st.sampled_from([0, 1, 5, 15]))
    def somebody_is_away(self, who: str, ahead: int, long: int) -> None:
        first = self.model.today + timedelta(days=ahead)
        last = min(first + timedelta(days=long), date(2017, 10, 31))
        self.both(
            lambda: self.model.is_away(who, first, last),
            lambda session: staffing.note_away(
                session, self.office, self.who(session, who), Away(first, last), self.who(session, "bronwen")
            ),
        )

    @precondition(lambda self: any(self.model.away.values()))
    @rule(pick=PICK)
    def somebody_comes_back(self, pick: int) -> None:
        who = some(sorted(who for who, days in self.model.away.items() if days), pick)

        def come_back(session: Session) -> None:
            person = self.who(session, who)
            first = min(each.id or 0 for each in person.absences)
            staffing.come_back(session, self.office, person, first, person)

        self.both(lambda: self.model.comes_back(who), come_back)

    @precondition(lambda self: len(self.model.left) < 2)
    @rule(who=AUDITORS)
    def somebody_moves_on(self, who: str) -> None:
        self.both(
            lambda: self.model.moves_on(who),
            lambda session: staffing.move_on(
                session, self.office, self.who(session, who), self.model.today, self.who(session, "bronwen")
            ),
        )

    @precondition(lambda self: any(day < self.model.today for day in self.model.left.values()))
    @rule(pick=PICK)
    def what_they_left_is_handed_on(self, pick: int) -> None:
        who = some(sorted(who for who, day in self.model.left.items() if day < self.model.today), pick)
        before = [ref for ref, audit in self.model.audits.items() if (audit.holder, audit.state) == (who, "out")]
        with self.office.record.writing() as session:
            handing_on.hand_on(session, self.office, self.who(session, who), by=None)
        with self.office.record.reading() as session:
            holders = {ref: name_of(find.allocations.by_ref(session, ref).holder) for ref in before}
        self.model.hands_on(who, {ref: taker for ref, taker in holders.items() if taker != who})

    # How audits end, and the next month.

    @precondition(lambda self: sum(each.state != "out" for each in self.model.audits.values()) < 3)
    @rule(ref=REFS, part_in_case=st.booleans())
    def an_audit_comes_in_or_back(self, ref: str, part_in_case: bool) -> None:
        """'I had a part in the case' hands it back."""
        audit = self.model.audits[ref]

        def send(session: Session) -> None:
            mine = find.allocations.by_ref(session, ref, to_change=True)
            holder, now = self.who(session, audit.holder), self.office.now(session)
            arrived = Submission(f"SUB-{ref}", "form", ref, "d", "{}", now, SubmissionState.KEPT)
            answers = replace(whole_answers(self.cast.tool), part_in_case=part_in_case)
            circle = find.people.circle_of(session, mine.case, on=self.model.today)
            made, _, facts = mine.record_return(
                answers, arrived, by=holder, at=now, circle=circle, rules=self.office.rules
            )
            session.add_all([arrived, *([made] if made else [])])
            journal.write(session, facts, by=holder, at=now)

        if audit.state == "out":
            self.both(lambda: None, send)
            audit.state = "withdrawn" if part_in_case else "returned"

    @precondition(lambda self: not self.model.november)
    @rule()
    def november_is_opened(self) -> None:
        with self.office.record.writing() as session:
            swap_borough.open_november(session, self.office, self.cast)
        self.model.november = "open"
        self.model.follow()

    @precondition(lambda self: self.model.november == "open")
    @rule()
    def november_is_given_out(self) -> None:
        if any(month == NOVEMBER for _, month in self.model.turns):
            with self.office.record.writing() as session:
                swap_borough.give_out_november(session, self.cast)
            self.model.november = "out"

    def month_is_reported(self) -> None:
        """Whoever holds an audit that did not come in owes one; nobody who swapped theirs away does."""
        self.set_clock(datetime.combine(max(self.model.today, CLOSES), time(20)))
        with self.office.record.writing() as session:
            reporting.draft(session, self.office, OCTOBER, self.who(session, "bronwen"))
        with self.office.record.reading() as session:
            owing = {name_of(who) for who in turning.who_owe(session, self.office)}
        assert owing == self.model.non_returners(weekdays(date(2017, 10, 2), DUE))


def name_of(person: Person | None) -> str:
    return person.email.partition("@")[0] if person else ""


def some(things: Sequence[Item], pick: int) -> Item:
    return things[pick % len(things)]
