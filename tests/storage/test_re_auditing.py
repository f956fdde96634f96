"""Re-audits are drawn from what is due, given to core auditors who may read them, and compared with the first."""

from dataclasses import replace
from datetime import date, time

import pytest

from programme.calendar import at_london
from programme.closing_policy import ReAuditRules
from programme.people import Person, RoleHeld
from programme.policy import Policy
from programme.refusals import Refusal
from programme.returns import Return
from programme.rulebook import Rulebook
from programme.ties import Conflict
from programme.words import AllocationState, AuditType, Competency, Grade, Role
from storage import alarming, clock, find, re_auditing
from storage import month as months
from storage.office import Office
from tests.cast import Cast, here
from tests.moderated import REF, agreed_and_sent, judged, pair, returned
from tests.storage.crowd import at_once

JANUARY, PEERS = "2018-01", "AUD-2017-10-02"


def was_not_yet_good(office: Office, cast: Cast) -> None:
    """Its outcome was sent on 2 October: it is due from 2 January."""
    returned(office, cast, sets=())
    agreed_and_sent(office, cast, pair(office, cast), judged(Grade.NOT_YET_GOOD))


def begins(office: Office, cast: Cast, month: str, *, day: int = 2) -> list[Person]:
    """The month is open, with a core group of two in it."""
    with office.record.writing() as session:
        year, number = map(int, month.split("-"))
        clock.set_to(session, at_london(date(year, number, day), time(9, 30)))
        people = [Person(f"{name}@example.org", name.title(), [RoleHeld(Role.AUDITOR)]) for name in ("cora", "corin")]
        for each in people:
            each.competency, each.group = Competency.CORE, here(session, cast.peer).group
        session.add_all(people)
        session.flush()
        months.open_month(session, office, month, here(session, cast.administrator), theme="Plans")
    return people


def due(office: Office) -> list[str]:
    with office.record.reading() as session:
        return [each.audit.ref for each in find.re_audits.due(session, office.rules, office.today(session))]


def drawn(office: Office, month: str) -> list[tuple[str, str]]:
    with office.record.reading() as session:
        lines = re_auditing.preview(session, office, month).matching.placed
        return [(line.case.ref, line.person.email) for line in lines]


def given(office: Office, cast: Cast, month: str, *, seen: str | None = None) -> list[str]:
    with office.record.reading() as session:
        mark = re_auditing.preview(session, office, month).mark if seen is None else seen
    with office.record.writing() as session:
        by = here(session, cast.administrator)
        return [each.ref for each in re_auditing.give_out(session, office, month, by, seen=mark)]


def test_what_was_not_yet_good_is_drawn_three_months_after_and_given_out(office: Office, cast: Cast) -> None:
    was_not_yet_good(office, cast)
    begins(office, cast, JANUARY)
    assert due(office) == [REF]
    [(case, email)] = drawn(office, JANUARY)
    assert (case, email.startswith("cor")) == ("MDW-0417", True)
    [ref] = given(office, cast, JANUARY)
    with office.record.reading() as session:
        again = find.allocations.by_ref(session, ref)
        assert again.first is not None
        assert (again.kind, again.state, again.first.ref) == (AuditType.RE_AUDIT, AllocationState.OUT, REF)
        assert again.because == "it was agreed to be not yet good; due since 2 January 2018"
    assert (due(office), drawn(office, JANUARY)) == ([], [])


def test_a_day_before_nothing_is_due(office: Office, cast: Cast) -> None:
    was_not_yet_good(office, cast)
    begins(office, cast, JANUARY, day=1)
    assert (due(office), drawn(office, JANUARY)) == ([], [])
    with pytest.raises(Refusal, match="There is nothing to give out"):
        given(office, cast, JANUARY, seen="x")


def test_a_child_found_unsafe_is_due_four_weeks_after_the_alert(office: Office, cast: Cast) -> None:
    returned(office, cast, sets=())
    with office.record.writing() as session:
        audit = find.allocations.by_ref(session, REF, to_change=True)
        alarming.raise_alert(session, office, audit, here(session, cast.auditor), staff_conduct=False)
    stands = []
    for day in (29, 30):
        with office.record.writing() as session:
            clock.set_to(session, at_london(date(2017, 10, day), time(9)))
        stands.append(due(office))
    assert stands == [[], [REF]]


def test_what_came_out_otherwise_meanwhile_is_refused(office: Office, cast: Cast) -> None:
    was_not_yet_good(office, cast)
    begins(office, cast, JANUARY)
    with pytest.raises(Refusal, match="Something has changed since you looked"):
        given(office, cast, JANUARY, seen="another lot")
    assert due(office) == [REF]


def test_of_two_who_press_at_once_one_gives_it_out(office: Office, cast: Cast) -> None:
    was_not_yet_good(office, cast)
    begins(office, cast, JANUARY)
    with office.record.reading() as session:
        mark = re_auditing.preview(session, office, JANUARY).mark

    def press(_: int) -> int:
        try:
            return len(given(office, cast, JANUARY, seen=mark))
        except Refusal:
            return 0

    assert sorted(at_once(4, press)) == [0, 0, 0, 1]


def test_who_read_it_before_does_not_read_it_again(office: Office, cast: Cast) -> None:
    """The first time it was the only one of the core group."""
    was_not_yet_good(office, cast)
    with office.record.writing() as session:
        here(session, cast.auditor).competency = Competency.CORE
    people = begins(office, cast, JANUARY)
    assert cast.auditor.email not in [email for _, email in drawn(office, JANUARY)]
    with office.record.writing() as session:
        for each in people:
            here(session, each).competency = Competency.PAUSED
    with pytest.raises(Refusal, match="Nobody of the core group has a turn in January 2018"):
        drawn(office, JANUARY)


def test_what_nobody_may_read_keeps_no_place_from_the_next(office: Office, cast: Cast) -> None:
    """The child who was not safe comes first, and the core group are tied to that record."""
    was_not_yet_good(office, cast)
    with office.record.writing() as session:
        audit = find.allocations.by_ref(session, PEERS, to_change=True)
        alarming.raise_alert(session, office, audit, here(session, cast.peer), staff_conduct=False)
        audit.state, audit.returned_at = AllocationState.RETURNED_IN_TIME, office.now(session)
        session.add(Return(audit, office.now(session), Grade.GOOD))
    people = begins(office, cast, JANUARY)
    one_place = replace(office, rules=Rulebook.of(Policy(re_audits=ReAuditRules(most_a_month=1))))
    assert [case for case, _ in drawn(one_place, JANUARY)] == ["MDW-0502"]
    with office.record.writing() as session:
        case = find.allocations.by_ref(session, PEERS).case
        for each in people:
            session.add(Conflict(here(session, each), office.today(session), case))
    assert [case for case, _ in drawn(one_place, JANUARY)] == ["MDW-0417"]
    with office.record.reading() as session:
        left = re_auditing.preview(session, one_place, JANUARY).left_out
    assert [case.ref for out in left for case in out.cases] == ["MDW-0502"]


@pytest.mark.parametrize(("most", "many"), [(0, 0), (1, 1), (4, 1)])
def test_a_month_draws_no_more_than_the_policy_says(office: Office, cast: Cast, most: int, many: int) -> None:
    was_not_yet_good(office, cast)
    begins(office, cast, JANUARY)
    here_at_most = replace(office, rules=Rulebook.of(Policy(re_audits=ReAuditRules(most_a_month=most))))
    assert len(drawn(here_at_most, JANUARY)) == many


def test_what_is_given_out_takes_its_place(office: Office, cast: Cast) -> None:
    was_not_yet_good(office, cast)
    begins(office, cast, JANUARY)
    given(office, cast, JANUARY)
    with office.record.reading() as session:
        assert find.re_audits.places(session, find.rounds.of_month(session, JANUARY), office.rules) == 3


def test_what_came_to_nothing_is_due_again(office: Office, cast: Cast) -> None:
    was_not_yet_good(office, cast)
    begins(office, cast, JANUARY)
    [ref] = given(office, cast, JANUARY)
    with office.record.writing() as session:
        find.allocations.by_ref(session, ref, to_change=True).state = AllocationState.NOT_RETURNED
    assert due(office) == [REF]


def test_those_who_run_the_month_read_that_it_waits(office: Office, cast: Cast) -> None:
    was_not_yet_good(office, cast)
    begins(office, cast, JANUARY)

    def waits() -> int:
        with office.record.reading() as session:
            of, today = find.rounds.of_month(session, JANUARY), office.today(session)
            return find.exceptions.found(session, of, today=today, rules=office.rules).again

    assert waits() == 1
    given(office, cast, JANUARY)
    assert waits() == 0


def test_how_they_came_out_is_counted_once_they_are_moderated(office: Office, cast: Cast) -> None:
    was_not_yet_good(office, cast)
    begins(office, cast, JANUARY)
    [ref] = given(office, cast, JANUARY)
    counted = []
    for agreed in (None, Grade.GOOD, Grade.NOT_YET_GOOD):
        with office.record.writing() as session:
            again = find.allocations.by_ref(session, ref)
            again.state, again.returned_at = AllocationState.RETURNED_IN_TIME, office.now(session)
            made = find.submissions.return_of(session, again) or Return(again, office.now(session), Grade.GOOD)
            made.agreed = agreed
            session.add(made)
        with office.record.reading() as session:
            of = find.rounds.of_month(session, JANUARY)
            counted.append((dict(find.re_audits.came_out(session)), *find.re_audits.given_out(session, of).values()))
    assert counted == [({}, ""), ({"better": 1}, "better"), ({"the same": 1}, "the same")]
