"""What a month may ask of each auditor, what comes of a preview, and what comes of looking again."""

from datetime import date

import pytest

from programme.absences import Absence
from programme.allocating import AsItStands, Past, allocate, candidate, known_of, propose, re_allocate
from programme.allocations import Allocation
from programme.blocking import Candidate, Known
from programme.matching import Matching, Move, Placed, Unplaced
from programme.people import Person, Service, Team
from programme.policy import Capacity, Policy
from programme.refusals import Refusal
from programme.rota import Turn
from programme.rounds import Round
from programme.rulebook import Rulebook
from programme.words import AllocationState, Competency, Role, RoundState, Scheme
from tests.programme.builders import case, person
from tests.programme.test_rounds import RULES, opened


def stands(
    holds: int = 0, past: Past | None = None, *, of: Person | None = None, known: Known | None = None
) -> AsItStands:
    who = of or person("Nobody")
    return AsItStands([], {who: holds}, {who: past} if past else {}, known or Known())


def asked_of(who: Person, holds: int = 0, rules: Rulebook = RULES, scheme: Scheme = Scheme.CORE) -> Candidate:
    month = opened()
    month.scheme = scheme
    return candidate(month, Turn(who, month.month), stands(holds, of=who), rules)


def test_an_allocation_carries_what_the_preview_said_and_a_link_of_its_own() -> None:
    month, asha, kofi = opened(), person("Asha", Role.AUDITOR), person("Kofi", Role.AUDITOR)
    lines = (Placed(case("ORC-1"), asha, "no tie"), Placed(case("ORC-2"), kofi, "own service"))
    made, facts = allocate(month, Matching(lines, (Unplaced(case("ORC-3"), "no room"),)), numbered_from=9)
    assert [(a.ref, a.case.ref, a.holder, a.state, a.due_on, a.because) for a in made] == [
        ("AUD-2017-10-09", "ORC-1", asha, AllocationState.PLANNED, date(2017, 10, 13), "no tie"),
        ("AUD-2017-10-10", "ORC-2", kofi, AllocationState.PLANNED, date(2017, 10, 13), "own service"),
    ]
    assert len({a.token for a in made} - {None, ""}) == 2
    assert [(fact.kind(), fact.details(), fact.tell) for fact in facts] == [
        ("round_allocated", {"allocated": "2", "unplaced": "1"}, ())
    ]


def planned(month: Round, *names: str) -> list[Allocation]:
    lines = tuple(Placed(case(f"CASE-{name}"), person(name, Role.AUDITOR), "no tie") for name in names)
    return allocate(month, Matching(lines, ()), numbered_from=1)[0]


def somebody(competency: Competency | None = None, **dated: date) -> Person:
    who = person("Asha", Role.AUDITOR, competency=competency)
    who.starts, who.ends = dated.get("starts"), dated.get("ends")
    return who


@pytest.mark.parametrize(
    ("who", "holds", "room"),
    [
        (somebody(), 0, 1),
        (somebody(), 1, 0),
        (somebody(), 3, 0),
        (somebody(Competency.DEVELOPING), 0, 1),
        (somebody(Competency.CORE), 0, 5),
        (somebody(Competency.CORE), 4, 1),
        (somebody(Competency.PAUSED), 0, 0),
    ],
)
def test_a_person_has_room_by_capacity(who: Person, holds: int, room: int) -> None:
    assert asked_of(who, holds) == Candidate(who, room_for=room, holds=holds)


@pytest.mark.parametrize(
    ("who", "in_post"),
    [
        (somebody(starts=date(2017, 10, 2)), True),
        (somebody(starts=date(2017, 10, 3)), False),
        (somebody(ends=date(2017, 10, 13)), True),
        (somebody(ends=date(2017, 10, 12)), False),
    ],
)
def test_a_person_must_be_in_post_from_the_first_to_the_last_day(who: Person, in_post: bool) -> None:
    assert asked_of(who).in_post is in_post


def test_before_the_core_group_everybody_does_as_many_as_anybody() -> None:
    assert asked_of(somebody(Competency.CORE), scheme=Scheme.GROUPS).room_for == 1


def test_capacity_is_the_policys() -> None:
    rules = Rulebook.of(Policy(capacity=Capacity(auditor=2, core=7)))
    assert [asked_of(somebody(each), 1, rules).room_for for each in (None, Competency.CORE)] == [1, 6]


@pytest.mark.parametrize(
    ("last_day", "away"), [(date(2017, 10, 12), False), (date(2017, 10, 13), True), (date(2017, 10, 31), True)]
)
def test_who_is_not_at_work_for_the_whole_time_is_away(last_day: date, away: bool) -> None:
    who = somebody()
    who.absences = [Absence(who, date(2017, 9, 18), last_day)]
    assert asked_of(who).away is away


def test_what_they_did_before_and_what_they_make_up_for_is_weighed() -> None:
    who, orchard = somebody(), Team("Orchard", Service("Help"))
    turn = Turn(who, "2017-10", carried_from="2017-07")
    assert candidate(opened(), turn, stands(past=Past("2017-06", orchard, 3), of=who), RULES) == Candidate(
        who, 1, carried_from="2017-07", last_month="2017-06", last_team=orchard, lately=3
    )


def test_a_team_is_too_near_for_as_long_as_the_policy_says() -> None:
    month = opened()
    assert (known_of(month, Known(), RULES).since, known_of(month, Known(), RULES).core_first) == (
        date(2016, 10, 2),
        False,
    )
    month.scheme = Scheme.CORE
    assert known_of(month, Known(), RULES).core_first


def test_a_preview_changes_nothing() -> None:
    month, asha, kofi = opened(), person("Asha", Role.AUDITOR), person("Kofi", Role.AUDITOR)
    turns = [Turn(who, "2017-10") for who in (asha, kofi)]
    found = propose(month, [case("ORC-1"), case("ORC-2")], AsItStands(turns, {asha: 1}, {}), RULES)
    assert ([line.person.name for line in found.placed], len(found.unplaced)) == (["Kofi"], 1)
    assert month.state is RoundState.OPEN


def test_in_a_past_month_nothing_is_allocated() -> None:
    past = Round("2017-07", "Fathers", RoundState.OPEN)
    with pytest.raises(Refusal, match="The round for July 2017 is a past month"):
        propose(past, [], stands(), RULES)


def test_the_holder_was_developing_when_it_was_allocated() -> None:
    asha = person("Asha", Role.AUDITOR, competency=Competency.DEVELOPING)
    [made], _ = allocate(opened(), Matching((Placed(case(), asha, "no tie"),), ()), numbered_from=1)
    asha.competency = Competency.CORE
    assert made.developing


class TestAgain:
    def test_only_what_moves_is_handed_on_with_a_new_form(self) -> None:
        month, ines = opened(), person("Ines", Role.AUDITOR)
        stays, moves, goes = planned(month, "Asha", "Kofi", "Priya")
        tokens = [each.token for each in (stays, moves, goes)]
        holders = [each.holder for each in (stays, moves, goes)]
        found = Matching(
            placed=tuple(
                Placed(each.case, who, "another service", "", before)
                for each, who, before in zip((stays, moves), (holders[0], ines), holders, strict=False)
                if who
            ),
            unplaced=(Unplaced(goes.case, "nobody may read it"),),
            moves=tuple(
                Move(each.case, before, after, "away")
                for each, before, after in ((moves, holders[1], ines), (goes, holders[2], None))
                if before
            ),
        )
        gone, facts = re_allocate(month, found, [stays, moves, goes])
        assert gone == [goes]
        assert [(each.holder, each.because) for each in (stays, moves)] == [
            (holders[0], "no tie"),
            (ines, "another service"),
        ]
        assert [each.token == token for each, token in zip((stays, moves), tokens, strict=False)] == [True, False]
        assert [(fact.kind(), fact.details()) for fact in facts] == [
            ("allocation_moved", {"moved": "1", "taken_back": "1"})
        ]
        assert allocate(month, found, 9)[0] == []

    def test_nothing_is_said_where_nothing_moves(self) -> None:
        month = opened()
        [stays] = planned(month, "Asha")
        assert stays.holder
        found = Matching((Placed(stays.case, stays.holder, "no tie", "", stays.holder),), ())
        assert (found.changes_nothing, re_allocate(month, found, [stays])) == (True, ([], []))
