"""Moderation, outcome, actions and the end of an alert, in any order and by anybody: at every step the record is what a
plain model says, nothing closes before its time, and the report's totals are right.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import partial

import pytest

from programme.made_safe import Seen
from programme.people import Person
from programme.refusals import Refusal
from programme.words import ActionState, Grade, Priority
from scheduler.sweeps.alerts import Alarms
from scheduler.sweeps.checks import Checks
from scheduler.sweeps.closing import ClosingAudits
from storage import acting, alarming, checking, find, made_safe, moderating, outcomes, pairing, reporting
from storage.office import Office
from storage.session import Session
from tests.cast import MONTH, NOW, Cast, here
from tests.checked import MISSING, SAID, every_one, learning
from tests.moderated import REF, agreement, dated, judged, returned, second_moderator
from tests.storage.loop_month import EVERYBODY, PAIR, Loop, No

Move = Callable[[], object]
LAST_STEPS = 100
"""Enough for whatever is left of an audit."""
SHOWN: Mapping[ActionState, str] = {
    ActionState.WAITING: "waiting",
    ActionState.SENT: "sent",
    ActionState.CONFIRMED: "confirmed",
    ActionState.CHECKED: "checked",
    ActionState.WITHDRAWN: "withdrawn",
}


@dataclass
class Played:
    """One audit, on record and on the model side by side. What is refused by one is refused by the other."""

    office: Office
    cast: Cast
    chance: random.Random
    model: Loop = field(default_factory=Loop)
    people: dict[str, Person] = field(default_factory=dict)
    refused: int = 0
    goes_well: bool = False
    """From now on each step is taken by one of those who would, and nothing new goes wrong."""

    def __post_init__(self) -> None:
        self.office = every_one(self.office)
        self.people = {name: getattr(self.cast, name) for name in EVERYBODY if hasattr(self.cast, name)}
        self.people |= {"kwame": learning(self.office), "ottilie": second_moderator(self.office, self.cast)}

    def step(self) -> None:
        """Something that could happen now, done by who would do it or by anybody at all."""
        moves = [move for move in self.moves() if not self.goes_well or move not in self.go_wrong()]
        self.chance.choice(moves)()
        self.the_record_is_what_the_model_says()
        self.the_reports_totals_are_right()

    def go_wrong(self) -> list[Move]:
        return [self.somebody_does_not_agree, self.somebody_withdraws, self.somebody_sounds_the_alarm]

    def moves(self) -> Iterator[Move]:
        model = self.model
        yield self.the_worker_looks
        if not model.returned:
            yield self.it_comes_back
        elif not model.paired:
            yield self.a_pair_is_named
        elif not model.agreed:
            yield from (self.somebody_reads_it, self.somebody_reads_it, self.somebody_agrees)
            yield self.somebody_does_not_agree
        else:
            yield self.somebody_sends_the_outcome
        if model.actions:
            yield from (self.somebody_confirms, self.somebody_confirms, self.somebody_checks, self.somebody_checks)
            yield self.somebody_withdraws
        if model.alert:
            yield from (self.somebody_has_it, self.somebody_says_it_is_over, self.somebody_agrees_that_it_is)
        elif len(model.alerts) < 2:
            yield self.somebody_sounds_the_alarm

    def likely(self, *names: str) -> str:
        """One of these more often than not; else anybody."""
        return self.chance.choice(names if self.goes_well or self.chance.random() < 0.8 else EVERYBODY)

    def an_action(self, state: str) -> str:
        """One in this state more often than not; else any."""
        such = [ref for ref, each in self.model.actions.items() if each.state == state]
        return self.chance.choice(such if such and self.chance.random() < 0.8 else list(self.model.actions))

    def both(self, mine: Callable[[str], object], theirs: Callable[[Session, Person], object], who: str) -> None:
        before = deepcopy(self.model)
        try:
            mine(who)
        except No:
            self.model = before
            self.refused += 1
            with pytest.raises(Refusal), self.office.record.writing() as session:
                theirs(session, here(session, self.people[who]))
            return
        with self.office.record.writing() as session:
            theirs(session, here(session, self.people[who]))

    # Moderation and outcome.

    def it_comes_back(self) -> None:
        self.model.returns()
        returned(self.office, self.cast, sets=(Priority.STANDARD, Priority.URGENT))

    def a_pair_is_named(self) -> None:
        self.model.paired = True
        with self.office.record.writing() as session:
            pairing.assign(session, self.office, MONTH, here(session, self.cast.administrator))

    def somebody_reads_it(self) -> None:
        read = partial(moderating.read, office=self.office, ref=REF, judged=judged())
        self.both(self.model.is_read_by, lambda session, me: read(session, by=me), self.likely(*PAIR))

    def somebody_does_not_agree(self) -> None:
        words = {self.people[name].email: "The dates." for name in PAIR}
        disagree = partial(moderating.disagree, office=self.office, ref=REF, words=words)
        self.both(self.model.disagrees, lambda session, me: disagree(session, by=me), self.likely(*EVERYBODY))

    def somebody_agrees(self) -> None:
        lower = self.chance.random() < 0.5
        said = agreement(judged(Grade.NOT_YET_GOOD if lower else Grade.GOOD), reason="No dates." if lower else "")

        def agree(session: Session, me: Person) -> None:
            moderating.agree(session, self.office, REF, replace(said, actions=dated(session, self.office)), by=me)

        self.both(self.model.agrees, agree, self.likely("peer", "head_of_quality"))

    def somebody_sends_the_outcome(self) -> None:
        def send(session: Session, me: Person) -> None:
            known = [outcomes.as_shown(each) for each in outcomes.waiting(session, self.office, MONTH)]
            outcomes.send(session, self.office, known, by=me)

        self.both(self.model.sends, send, self.likely("administrator"))

    # Actions.

    def somebody_confirms(self) -> None:
        ref = self.an_action("sent")
        confirm = partial(acting.confirm, office=self.office, ref=ref, said=SAID)
        mine = partial(self.model.confirms, ref=ref)
        self.both(mine, lambda session, me: confirm(session, by=me), self.likely("team_manager"))

    def somebody_checks(self) -> None:
        ref, shows = self.an_action("confirmed"), self.chance.random() < 0.7
        asked = self.model.actions[ref].checker or "kwame"

        def answer(session: Session, me: Person) -> None:
            if shows:
                checking.shown(session, self.office, ref, me)
            else:
                checking.reopen(session, self.office, ref, MISSING, me)

        self.both(partial(self.model.shows if shows else self.model.reopens, ref=ref), answer, self.likely(asked))

    def somebody_withdraws(self) -> None:
        ref = self.an_action("sent")
        withdraw = partial(acting.withdraw, office=self.office, ref=ref, why="It was raised twice.")
        mine = partial(self.model.withdraws, ref=ref)
        self.both(mine, lambda session, me: withdraw(session, by=me), self.chance.choice(EVERYBODY))

    # The child's safety.

    def somebody_sounds_the_alarm(self) -> None:
        def alarm(session: Session, me: Person) -> None:
            audit = find.allocations.by_ref(session, REF, to_change=True)
            alarming.raise_alert(session, self.office, audit, me, staff_conduct=False)

        self.both(self.model.alarms, alarm, self.likely("auditor", "peer"))

    def somebody_has_it(self) -> None:
        self.both(
            self.model.takes, lambda s, me: alarming.take(s, self.office, _alert(s), me), self.likely("team_manager")
        )

    def somebody_says_it_is_over(self) -> None:
        seen = Seen("The worker saw the child.", NOW)

        def say(session: Session, me: Person) -> None:
            made_safe.say(session, self.office, _alert(session), seen, me)

        self.both(self.model.says_safe, say, self.likely("team_manager"))

    def somebody_agrees_that_it_is(self) -> None:
        who = self.likely("childs_head_of_service", "head_of_service")
        self.both(self.model.agrees_safe, lambda s, me: made_safe.agree(s, self.office, _alert(s), me), who)

    # What goes by itself.

    def the_worker_looks(self) -> None:
        Alarms(self.office).sweep()
        Checks(self.office).sweep()
        self.learn_who_checks()
        ClosingAudits(self.office).sweep()
        self.model.the_worker_looks()

    def learn_who_checks(self) -> None:
        names = {person.email: name for name, person in self.people.items()}
        with self.office.record.reading() as session:
            for check in find.checks.these(session, find.checks.waiting(session)):
                assert check.checker is not None
                self.model.is_asked_to_check(check.action.ref, names[check.checker.email])

    # What is true after every step.

    def the_record_is_what_the_model_says(self) -> None:
        with self.office.record.reading() as session:
            audit = find.allocations.by_ref(session, REF)
            moderation, outcome = find.moderations.of_audit(session, REF), find.outcomes.of_audit(session, REF)
            actions = {each.ref: SHOWN[each.state] for each in find.actions.ever_of(session, audit)}
            alerts = [
                tuple(who.name if who else "" for who in (each.taken_by, each.seen_by, each.ended_by))
                for each in find.alerts.every_of_audit(session, REF)
            ]
            stands = (
                moderation is not None and moderation.is_agreed,
                outcome is not None and outcome.is_sent,
                find.closings.of_audit(session, audit) is not None,
            )
        assert actions == {ref: each.state for ref, each in self.model.actions.items()}
        assert alerts == [
            tuple(self.people[who].name if who else "" for who in (each.taken_by, each.seen_by, each.agreed_by))
            for each in self.model.alerts
        ]
        assert stands == (self.model.agreed, self.model.sent, self.model.closed)

    def the_reports_totals_are_right(self) -> None:
        with self.office.record.reading() as session:
            figures = reporting.figures(session, self.office, find.rounds.of_month(session, MONTH))
        assert (figures["actions"]["set"], figures["actions"]["confirmed"]) == self.model.counts


def _alert(session: Session) -> str:
    return find.alerts.every_of_audit(session, REF)[-1].ref


def play(office: Office, cast: Cast, seed: int, steps: int) -> Played:
    played = Played(office, cast, random.Random(seed))
    for _ in range(steps):
        played.step()
    before, played.goes_well = played.refused, True
    for _ in range(LAST_STEPS):
        if not played.model.closed:
            played.step()
    assert played.model.closed
    played.refused = before
    return played


@pytest.mark.parametrize("seed", [1, 2])
def test_the_record_is_what_the_model_says(office: Office, cast: Cast, seed: int) -> None:
    """Whatever happens on the way, much of which is refused, an audit comes to its end when all goes well."""
    assert play(office, cast, seed, steps=40).refused > 10


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10, 110))
def test_so_it_is_of_a_hundred_audits(office: Office, cast: Cast, seed: int) -> None:
    play(office, cast, seed, steps=120)
