"""A small borough whose rounds are run for a year, day by day, through the real steps: for what must hold of the rota.

Twelve auditors in three groups and two services; the children are in a third. On each working day the worker asks for
roll checks; people are away, leave, join, send their audits in, hand them back, give a reason, swap, or say nothing; on
its day a round is opened, given out, and its report drafted. In the last months a core group has the audits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from random import Random

from programme.absences import Absence
from programme.calendar import at_london
from programme.cases import Case, FrameEntry
from programme.people import AuditGroup, Person, RoleHeld, Service, Team
from programme.planning_policy import RotaRules
from programme.policy import Policy
from programme.refusals import Refusal
from programme.roll_check import Change, Changed
from programme.rota import months_from
from programme.rulebook import Rulebook
from programme.submissions import Submission
from programme.words import AllocationState, Competency, Reason, Role, SubmissionState
from scheduler.sweeps.roll_check import RollChecks
from storage import allocating, clock, find, journal, reporting, roll_checking, swapping, turning
from storage import month as months
from storage.office import Office
from storage.session import Session
from tests.cast import audit_tool, whole_answers

FIRST, MONTHS, CORE_FROM = "2017-05", 12, date(2018, 1, 1)
GROUPS = ("Hawthorn", "Linden", "Rowan")
RULES = Rulebook.of(Policy(rota=RotaRules(core_from=CORE_FROM)))
NINE = time(9, 5)


@dataclass
class Year:
    office: Office
    chance: Random
    disturbed: set[str] = field(default_factory=set)
    """Who left, joined, or came to the core group: their turns cannot be compared with the others'."""
    joined: int = 0
    swapped: int = 0

    def __post_init__(self) -> None:
        self.office = replace(self.office, rules=RULES)
        self.months = months_from(FIRST, MONTHS)
        self.dates = {month: RULES.calendar.dates_of(month, RULES.policy.month) for month in self.months}
        with self.office.record.writing() as session:
            clock.set_to(session, at_london(date(2017, 4, 3), NINE))
            session.add_all([*borough(), audit_tool()])

    def live(self) -> Iterator[date]:
        """Every working day from before the first round to the last report; each is handed out when it is over."""
        day, last = self.dates[FIRST].roll_check_on, self.dates[self.months[-1]].draft_by
        while day <= last:
            with self.office.record.writing() as session:
                clock.set_to(session, at_london(day, NINE))
            RollChecks(self.office).sweep()
            self._keep_the_calendar(day)
            self._what_happens(day)
            yield day
            day = RULES.calendar.after(day, 1)

    @contextmanager
    def acting(self) -> Iterator[tuple[Session, Person]]:
        with self.office.record.writing() as session:
            administrator = find.people.by_email(session, "admin@example.org")
            assert administrator is not None
            yield session, administrator

    def _keep_the_calendar(self, day: date) -> None:
        for month, dates in self.dates.items():
            if day == dates.sample_on:
                self._open(month)
            if day == dates.distribute_on:
                self._give_out(month)
            if day == dates.draft_by:
                with self.acting() as (session, administrator):
                    reporting.draft(session, self.office, month, administrator)

    def _open(self, month: str) -> None:
        """The first is opened for a group that is named, each other for the group whose month it is."""
        named = GROUPS[0] if month == FIRST else ""
        with self.acting() as (session, administrator):
            if self.dates[month].distribute_on >= CORE_FROM and not self._core(session):
                self._name_a_core_group(session)
            months.open_month(session, self.office, month, administrator, theme="Fathers", group=named)
            [team] = [team for team in find.people.teams(session) if team.name == "Meadow"]
            due = len(find.turns.of_months(session, [month])) + 4 * len(self._core(session))
            wanted = max(due - self.chance.choice([0, 0, 1]), 1)
            cases = [Case(f"C-{month[2:]}-{n:02}", team, "Child in Need", "5 to 9") for n in range(wanted)]
            session.add_all([FrameEntry(month, case, drawn_as=n) for n, case in enumerate(cases, start=1)])

    def _core(self, session: Session) -> list[Person]:
        return [each for each in find.people.auditors(session) if each.competency is Competency.CORE]

    def _name_a_core_group(self, session: Session) -> None:
        for person in self.chance.sample(self._in_post(session), 2):
            person.competency = Competency.CORE
            self.disturbed.add(person.email)

    def _give_out(self, month: str) -> None:
        with self.acting() as (session, administrator):
            allocating.allocate(session, self.office, month, administrator)
            months.give_out(session, self.office, month, administrator)

    def _what_happens(self, day: date) -> None:
        if self.chance.random() < 0.15:
            self._somebody_is_away(day)
        if self.chance.random() < 0.02:
            self.chance.choice([self._somebody_leaves, self._somebody_joins])(day)
        if self.chance.random() < 0.3:
            self._a_list_is_confirmed()
        with self.office.record.reading() as session:
            refs = find.chasing.audits_out(session, date.max)
            missed = [ref for ref in self._not_returned(session) if self.chance.random() < 0.005]
        for ref in refs:
            self._somebody_acts(ref, day)
        for ref in missed:
            self._returned(ref)

    def _not_returned(self, session: Session) -> list[str]:
        rounds = find.rounds.run_here(session)
        return [
            audit.ref
            for of in rounds[-3:]
            for audit in find.allocations.in_state(session, of, AllocationState.NOT_RETURNED)
        ]

    def _in_post(self, session: Session) -> list[Person]:
        today = self.office.today(session)
        listed = find.people.auditors(session)
        return [each for each in listed if each.group and each.is_here_on(today) and each.ends is None]

    def _somebody_is_away(self, day: date) -> None:
        with self.office.record.writing() as session:
            first = day + timedelta(days=self.chance.randint(0, 10))
            days = timedelta(days=self.chance.choice([1, 3, 5, 12, 21]))
            session.add(Absence(self.chance.choice(self._in_post(session)), first, first + days))

    def _somebody_leaves(self, day: date) -> None:
        with self.acting() as (session, administrator):
            who = self.chance.choice(self._in_post(session))
            facts = who.moves_on(day + timedelta(days=self.chance.randint(0, 30)))
            journal.write(session, facts, by=administrator, at=self.office.now(session))
            turning.follow(session, self.office, by=administrator, at=self.office.now(session))
            self.disturbed.add(who.email)

    def _somebody_joins(self, day: date) -> None:
        with self.acting() as (session, administrator):
            self.joined += 1
            beside = self.chance.choice(self._in_post(session))
            who = auditor(f"Joined{self.joined}", beside.team, beside.group, starts=day)
            session.add(who)
            turning.follow(session, self.office, by=administrator, at=self.office.now(session))
            self.disturbed.add(who.email)

    def _a_list_is_confirmed(self) -> None:
        """By its Head of Service, who may have said before that one of them is away."""
        with self.office.record.writing() as session:
            today = self.office.today(session)
            for head in find.roll_checks.heads(session, on=today):
                for check in roll_checking.waiting_for(session, self.office, head):
                    who = self.chance.choice(self._in_post(session))
                    if who.works_for(head.service):
                        said = Changed(Change.AWAY, who.email, today, today + timedelta(days=2))
                        roll_checking.change(session, self.office, check.ref, said, head)
                    roll_checking.confirm(session, self.office, check.ref, head)

    def _somebody_acts(self, ref: str, day: date) -> None:
        """Most send their audit in, sooner or later; a few do something else, and some do nothing all month."""
        act = self.chance.random()
        if act < 0.09:
            self._returned(ref)
        elif act < 0.10:
            self._reason_given(ref, day)
        elif act < 0.105:
            self._handed_back(ref)
        elif act < 0.125:
            self._swapped(ref)

    def _returned(self, ref: str) -> None:
        with self.office.record.writing() as session:
            audit, now = find.allocations.by_ref(session, ref, to_change=True), self.office.now(session)
            assert audit.holder is not None
            circle = find.people.circle_of(session, audit.case, on=self.office.today(session))
            arrived = Submission(f"SUB-{ref}", "form", ref, "d", "{}", now, SubmissionState.KEPT)
            made, actions, facts = audit.record_return(
                whole_answers(audit_tool()), arrived, by=audit.holder, at=now, circle=circle, rules=RULES
            )
            session.add_all([arrived, *actions, *([made] if made else [])])
            journal.write(session, facts, by=audit.holder, at=now)

    def _reason_given(self, ref: str, day: date) -> None:
        with self.acting() as (session, administrator):
            audit = find.allocations.by_ref(session, ref, to_change=True)
            assert audit.holder is not None
            reason = self.chance.choice([Reason.CAPACITY, Reason.NOT_AT_WORK, Reason.NOT_SUITABLE])
            if reason is Reason.NOT_AT_WORK:
                session.add(Absence(audit.holder, day - timedelta(days=21), day + timedelta(days=21)))
            facts = audit.give_reason(reason, "", by=audit.holder, administrators=[administrator])
            journal.write(session, facts, by=audit.holder, at=self.office.now(session))

    def _handed_back(self, ref: str) -> None:
        with self.office.record.writing() as session:
            audit = find.allocations.by_ref(session, ref, to_change=True)
            assert audit.holder is not None
            circle = find.people.circle_of(session, audit.case, on=self.office.today(session))
            facts = audit.hand_back(by=audit.holder, circle=circle)
            journal.write(session, facts, by=audit.holder, at=self.office.now(session))

    def _swapped(self, ref: str) -> None:
        """Asked and accepted the same day, where anybody can; what cannot be swapped stays where it is."""
        try:
            with self.office.record.writing() as session:
                audit = find.allocations.by_ref(session, ref)
                assert audit.holder is not None
                peers = swapping.who_may_be_asked(session, self.office, audit, audit.holder)
                if not peers or audit.round.month == self.months[-1]:
                    return
                peer = self.chance.choice(peers).person
                swap = swapping.ask(session, self.office, ref, [peer.email], audit.holder)
                swapping.accept(session, self.office, swap.ref, peer)
                self.swapped += 1
        except Refusal:
            return


def auditor(name: str, team: Team | None, group: AuditGroup | None, *, starts: date | None = None) -> Person:
    made = Person(f"{name.lower()}@example.org", name, [RoleHeld(Role.TEAM_MANAGER)], team=team, group=group)
    made.service, made.starts = team.service if team else None, starts
    return made


def borough() -> list[Person]:
    """Two services with a Head of Service and two teams of auditors each; a third, whose children they read about."""
    groups = [AuditGroup(name) for name in GROUPS]
    people = [
        Person("admin@example.org", "Admin", [RoleHeld(Role.ADMINISTRATOR)]),
        auditor("Owner", Team("Meadow", Service("Care and Permanence")), None),
    ]
    for service in (Service("Help and Protection"), Service("Early Help")):
        head = Person(f"{service.name[:4].lower()}@example.org", f"Head of {service.name}")
        head.roles_held, head.service = [RoleHeld(Role.HEAD_OF_SERVICE)], service
        teams = [Team(f"{service.name[:4]} {n}", service) for n in range(2)]
        people += [head, *(auditor(f"{service.name[:2]}{n}", teams[n % 2], groups[n % 3]) for n in range(6))]
    return people
