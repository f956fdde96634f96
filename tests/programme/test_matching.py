"""What an allocation says: why this person, what was given up for it, what cannot be placed and what would place it."""

from dataclasses import replace
from datetime import date

import pytest

from programme.blocking import Candidate, Known, blocked
from programme.cases import Case
from programme.matching import LeftOut, Matching, Move, Placed, Unplaced, match
from programme.people import Person, Service, Team
from programme.planning_policy import MatchingWeights
from programme.ties import Conflict, Posting
from programme.words import Competency, Role
from tests.programme.builders import case, person

HELP, CARE = Service("Help and Protection"), Service("Care and Permanence")
ORCHARD, HARBOUR, MEADOW = Team("Orchard", HELP), Team("Harbour", HELP), Team("Meadow", CARE)
TODAY = date(2017, 10, 2)


def auditor(name: str, room: int = 1, *, team: Team | None = None, **said: object) -> Candidate:
    return replace(Candidate(person(name, Role.TEAM_MANAGER, team=team), room), **said)  # type: ignore[arg-type]


def given(found: Matching) -> dict[str, str]:
    return {line.case.ref: line.person.name for line in found.placed}


def reasons(found: Matching) -> dict[str, str]:
    return {line.case.ref: line.reason for line in found.placed}


def left(found: Matching) -> list[tuple[list[str], str, str]]:
    return [([each.ref for each in out.cases], out.because, out.change) for out in found.left_out]


class TestWhy:
    def test_each_line_says_why_and_what_was_given_up(self) -> None:
        from_care, from_help = auditor("Asha", team=MEADOW), auditor("Kofi", team=HARBOUR)
        of_orchard, of_harbour = case("ORC-001", ORCHARD), case("HAR-001", HARBOUR)
        assert match([of_orchard, of_harbour], [from_care, from_help]) == Matching(
            placed=(
                Placed(of_harbour, from_care.person, "another service, no tie to the child's team"),
                Placed(
                    of_orchard,
                    from_help.person,
                    "no tie to the child's team",
                    "own service, because nobody of another service was free",
                ),
            ),
            unplaced=(),
        )

    def test_it_says_when_they_audited_last_and_what_they_make_up_for(self) -> None:
        asha = auditor("Asha", team=MEADOW, last_month="2017-06", carried_from="2017-07")
        assert reasons(match([case("ORC-001", ORCHARD)], [asha])) == {
            "ORC-001": "makes up for July 2017, another service, no tie to the child's team, last audited in June 2017"
        }

    def test_a_wish_that_weighs_less_is_given_up_though_somebody_was_free(self) -> None:
        near, far = auditor("Kofi", team=HARBOUR), auditor("Asha", team=MEADOW, lately=11)
        found = match([case("ORC-001", ORCHARD)], [near, far])
        assert reasons(found) == {"ORC-001": "no tie to the child's team; own service, because other wishes weigh more"}

    def test_knowledge_is_matched_to_the_tags(self) -> None:
        knows, other = auditor("Kofi", team=HARBOUR), auditor("Asha", team=MEADOW)
        knows.person.knowledge = ["court"]
        in_court = case("ORC-001", ORCHARD)
        in_court.tags = ["in court"]
        assert reasons(match([in_court], [knows, other])) == {
            "ORC-001": "no tie to the child's team, knows about court; own service, because other wishes weigh more"
        }
        knows.person.team = ORCHARD
        assert reasons(match([in_court], [knows, other])) == {
            "ORC-001": "another service, no tie to the child's team;"
            " no knowledge of court, because nobody who has it was free"
        }


class TestWishes:
    def test_another_service_is_preferred(self) -> None:
        near, far = auditor("Asha", team=HARBOUR), auditor("Kofi", team=MEADOW)
        assert given(match([case("ORC-001", ORCHARD)], [near, far])) == {"ORC-001": "Kofi"}

    def test_another_team_than_last_time(self) -> None:
        again, other = auditor("Asha", last_team=ORCHARD), auditor("Kofi", last_team=MEADOW)
        assert given(match([case("ORC-001", ORCHARD)], [again, other])) == {"ORC-001": "Kofi"}

    def test_not_who_has_audited_most(self) -> None:
        most, fewer = auditor("Asha", lately=3), auditor("Kofi", lately=2)
        assert given(match([case("ORC-001", ORCHARD)], [most, fewer])) == {"ORC-001": "Kofi"}

    def test_the_load_is_even_and_counts_what_somebody_holds_already(self) -> None:
        asha, kofi = auditor("Asha", 5), auditor("Kofi", 3, holds=2)
        found = match([case(f"ORC-00{n}", ORCHARD) for n in range(6)], [asha, kofi])
        assert sorted(given(found).values()) == ["Asha"] * 4 + ["Kofi"] * 2

    def test_a_council_may_weigh_them_otherwise(self) -> None:
        near, far = auditor("Kofi", team=HARBOUR), auditor("Asha", team=MEADOW, lately=11)
        found = match([case("ORC-001", ORCHARD)], [near, far], weights=MatchingWeights(same_service=50))
        assert given(found) == {"ORC-001": "Asha"}

    def test_who_makes_up_for_a_missed_month_comes_first_whatever_they_did_since(self) -> None:
        carries, other = auditor("Kofi", team=HARBOUR, lately=11, carried_from="2017-07"), auditor("Asha", team=MEADOW)
        assert given(match([case("ORC-001", ORCHARD)], [carries, other])) == {"ORC-001": "Kofi"}

    @pytest.mark.parametrize(("core_first", "who"), [(True, "Kofi"), (False, "Asha")])
    def test_under_the_core_scheme_core_auditors_come_before_developing_ones(self, core_first: bool, who: str) -> None:
        core, developing = auditor("Kofi", 5, holds=4), auditor("Asha", carried_from="2017-07")
        core.person.competency, developing.person.competency = Competency.CORE, Competency.DEVELOPING
        found = match([case("ORC-001", ORCHARD)], [core, developing], Known(core_first=core_first))
        assert given(found) == {"ORC-001": who}


NOOR, TOMASZ = person("Noor", Role.SOCIAL_WORKER), person("Tomasz", Role.TEAM_MANAGER, team=ORCHARD)
ASHA = person("Asha", Role.TEAM_MANAGER, team=MEADOW)
CHILD = case("ORC-001", ORCHARD, social_worker=NOOR, team_manager=TOMASZ)


def declared(who: Person, **what: Case | Team) -> Person:
    who.conflicts = [Conflict(who, TODAY, **what)]  # type: ignore[arg-type]
    return who


def posted(first: date | None, last: date | None) -> Person:
    who = person("Asha", Role.TEAM_MANAGER, team=MEADOW)
    who.postings = [Posting(who, ORCHARD, first, last)]
    return who


@pytest.mark.parametrize(
    ("who", "known", "rule"),
    [
        (Candidate(ASHA, 1), Known(), ""),
        (Candidate(TOMASZ, 1), Known(), "manages or works with this child"),
        (Candidate(NOOR, 1), Known(), "manages or works with this child"),
        (auditor("Priya", team=ORCHARD), Known(), "works in the child's team"),
        (Candidate(person("Ines", Role.HEAD_OF_SERVICE, service=HELP), 1), Known(), "leads the child's team"),
        (Candidate(person("Ines", Role.HEAD_OF_SERVICE, service=CARE), 1), Known(), ""),
        (Candidate(declared(person("Ines"), case=CHILD), 1), Known(), "has declared a tie to it"),
        (Candidate(declared(person("Ines"), team=ORCHARD), 1), Known(), "has declared a tie to it"),
        (Candidate(declared(person("Ines"), team=HARBOUR), 1), Known(), ""),
        (Candidate(posted(None, None), 1), Known(), "worked in the child's team in the last 12 months"),
        (
            Candidate(posted(None, date(2016, 10, 2)), 1),
            Known(since=date(2016, 10, 2)),
            "worked in the child's team in the last 12 months",
        ),
        (Candidate(posted(None, date(2016, 10, 1)), 1), Known(since=date(2016, 10, 2)), ""),
        (Candidate(ASHA, 1), Known(handed_back={(CHILD, ASHA)}), "had a part in it and handed it back"),
        (
            Candidate(ASHA, 1),
            Known(apart=[(NOOR, ASHA)]),
            "is kept apart from the child's social worker or Team Manager",
        ),
        (
            Candidate(ASHA, 1),
            Known(apart=[(ASHA, TOMASZ)]),
            "is kept apart from the child's social worker or Team Manager",
        ),
        (Candidate(ASHA, 1), Known(released={CHILD: TOMASZ}), "is not the one it was released to"),
        (Candidate(ASHA, 1), Known(released={CHILD: ASHA}), ""),
        (Candidate(ASHA, 1), Known(barred={(CHILD, ASHA)}), "was barred from it by hand"),
        (Candidate(ASHA, 1, away=True), Known(), "is not at work for the whole time"),
        (Candidate(ASHA, 1, in_post=False), Known(), "is not in post for the whole time"),
        (Candidate(ASHA, 1, away=True), Known(barred={(CHILD, ASHA)}), "is not at work for the whole time"),
    ],
)
def test_every_hard_rule(who: Candidate, known: Known, rule: str) -> None:
    assert blocked(CHILD, who, known) == rule
    found = match([CHILD], [who], known)
    assert (len(found.placed), len(found.unplaced)) == ((0, 1) if rule else (1, 0))


class TestWhatCannotBePlaced:
    def test_the_rules_that_block_it_are_named_and_counted(self) -> None:
        heads = [Candidate(person(name, Role.HEAD_OF_SERVICE, service=HELP), 1) for name in ("Ines", "Idris")]
        blocking = [auditor("Asha", team=ORCHARD), *heads, auditor("Kofi", team=MEADOW, away=True)]
        theirs = case("ORC-001", ORCHARD)
        assert match([theirs], blocking).unplaced == (
            Unplaced(
                theirs,
                "nobody may read it: is not at work for the whole time (1), leads the child's team (2),"
                " works in the child's team (1)",
                "It could be placed with one more auditor of another service.",
            ),
        )

    def test_without_auditors(self) -> None:
        [out] = match([case("ORC-001", ORCHARD)], []).unplaced
        assert out.because == "nobody has room for one more"

    def test_who_could_read_it_but_has_no_room_is_named(self) -> None:
        full, tied = auditor("Priya", 0, holds=1, team=MEADOW), auditor("Asha", team=ORCHARD)
        assert left(match([case("ORC-001", ORCHARD)], [full, tied])) == [
            (
                ["ORC-001"],
                "nobody may read it: has no room for one more (1), works in the child's team (1)",
                "It could be placed if Priya took two, or with one more auditor of another service.",
            )
        ]

    def test_records_that_only_a_few_may_read(self) -> None:
        """Two of Orchard's, which only Asha may read; Kofi and Ines stay free for the others."""
        people = [auditor("Asha", team=MEADOW), auditor("Kofi", team=ORCHARD), auditor("Ines", team=ORCHARD)]
        found = match([case("ORC-001", ORCHARD), case("ORC-002", ORCHARD), case("MEA-001", MEADOW)], people)
        assert left(found) == [
            (
                ["ORC-002"],
                "2 children's records (ORC-001, ORC-002) can only go to Asha, who can take 1",
                "It could be placed if Asha took two, or with one more auditor of another service.",
            )
        ]
        assert len(found.placed) == 2

    def test_one_more_each_is_only_said_where_it_helps(self) -> None:
        """Three of Orchard's compete for Asha alone; that Kofi took two as well would help none of them."""
        people = [auditor("Asha", team=MEADOW), auditor("Kofi", team=ORCHARD)]
        found = match([case(f"ORC-00{n}", ORCHARD) for n in (1, 2, 3)], people)
        assert [change for _, _, change in left(found)] == [
            "They could be placed with 2 more auditors of another service."
        ]

    def test_forty_for_twenty_two_is_one_sentence(self) -> None:
        people = [auditor(f"Asha{n:02}", team=MEADOW) for n in range(22)]
        found = match([case(f"ORC-0{n}", ORCHARD) for n in range(10, 50)], people)
        [out] = found.left_out
        assert (len(found.placed), len(out.cases), out.because, out.change) == (
            22,
            18,
            "40 children's records can only go to 22 people, who can take 22",
            "They could be placed if 18 of them took one more, or with 18 more auditors of another service.",
        )

    def test_what_was_said_by_hand_can_be_taken_back(self) -> None:
        asha, child = auditor("Asha", team=MEADOW), case("ORC-001", ORCHARD)
        barred = match([child], [asha], Known(barred={(child, asha.person)}))
        assert left(barred) == [
            (
                ["ORC-001"],
                "nobody may read it: was barred from it by hand (1)",
                "It could be placed if Asha was not barred from it, or with one more auditor of another service.",
            )
        ]

    def test_a_record_that_was_released_waits_for_the_one_it_was_released_to(self) -> None:
        asha, kofi, child = auditor("Asha", team=MEADOW), auditor("Kofi", away=True), case("ORC-001", ORCHARD)
        assert left(match([child], [asha, kofi], Known(released={child: kofi.person}))) == [
            (
                ["ORC-001"],
                "nobody may read it: is not at work for the whole time (1), is not the one it was released to (1)",
                "It could be placed if it was released to somebody else as well.",
            )
        ]


class TestByHand:
    def test_a_pin_is_kept_whatever_it_costs(self) -> None:
        near, far, child = auditor("Asha", team=HARBOUR), auditor("Kofi", team=MEADOW), case("ORC-001", ORCHARD)
        found = match([child], [near, far], Known(pinned={child: near.person}))
        assert reasons(found) == {"ORC-001": "chosen by hand, no tie to the child's team"}

    def test_a_pin_takes_a_place(self) -> None:
        asha, one, two = auditor("Asha"), case("ORC-001", ORCHARD), case("ORC-002", ORCHARD)
        assert given(match([one, two], [asha], Known(pinned={two: asha.person}))) == {"ORC-002": "Asha"}

    @pytest.mark.parametrize(
        ("who", "stands_against"),
        [
            (auditor("Asha", team=ORCHARD), "works in the child's team"),
            (auditor("Asha", away=True), "is not at work for the whole time"),
            (auditor("Asha", 0, holds=1), "has no room for one more"),
        ],
    )
    def test_a_pin_that_cannot_be_kept_is_said_and_nobody_else_is_chosen(
        self, who: Candidate, stands_against: str
    ) -> None:
        child = case("ORC-001", ORCHARD)
        assert left(match([child], [who, auditor("Kofi")], Known(pinned={child: who.person}))) == [
            (
                ["ORC-001"],
                f"it was given by hand to Asha, who {stands_against}",
                "It could be placed if that was taken back.",
            )
        ]

    def test_a_bar_is_kept(self) -> None:
        asha, kofi, child = auditor("Asha"), auditor("Kofi", lately=9), case("ORC-001", ORCHARD)
        assert given(match([child], [asha, kofi], Known(barred={(child, asha.person)}))) == {"ORC-001": "Kofi"}


class TestAgain:
    def test_what_is_planned_stays_though_something_else_would_be_better_now(self) -> None:
        near, far, child = auditor("Asha", team=HARBOUR), auditor("Kofi", team=MEADOW), case("ORC-001", ORCHARD)
        found = match([child], [near, far], Known(planned={child: near.person}))
        assert (given(found), found.moves) == ({"ORC-001": "Asha"}, ())

    def test_who_went_away_hands_on_and_nothing_else_moves(self) -> None:
        one, two = case("ORC-001", ORCHARD), case("ORC-002", ORCHARD)
        asha, kofi, ines = auditor("Asha", away=True), auditor("Kofi"), auditor("Ines", lately=9)
        found = match([one, two], [asha, kofi, ines], Known(planned={one: asha.person, two: kofi.person}))
        assert found.moves == (Move(one, asha.person, ines.person, "Asha is not at work for the whole time"),)
        assert given(found) == {"ORC-001": "Ines", "ORC-002": "Kofi"}

    def test_one_moves_where_another_could_not_be_placed_otherwise(self) -> None:
        old, new = case("ORC-001", ORCHARD), case("MEA-001", MEADOW)
        asha, kofi = auditor("Asha", team=MEADOW), auditor("Kofi")
        found = match([old, new], [asha, kofi], Known(planned={old: kofi.person}))
        assert found.moves == (Move(old, kofi.person, asha.person, "Kofi is needed for another child's record"),)

    def test_who_has_no_turn_any_more(self) -> None:
        gone, child = person("Priya"), case("ORC-001", ORCHARD)
        found = match([child], [], Known(planned={child: gone}))
        assert found.moves == (Move(child, gone, None, "Priya has no turn this month any more"),)

    def test_given_to_somebody_else_by_hand(self) -> None:
        asha, kofi, child = auditor("Asha"), auditor("Kofi"), case("ORC-001", ORCHARD)
        found = match([child], [asha, kofi], Known(planned={child: asha.person}, pinned={child: kofi.person}))
        assert found.moves == (Move(child, asha.person, kofi.person, "it was given to somebody else by hand"),)


def test_nothing_to_place_is_an_empty_matching() -> None:
    assert match([], [auditor("Asha")]) == Matching((), ())


def test_the_mark_tells_one_allocation_from_another() -> None:
    child = case("ORC-001", ORCHARD)
    marks = {match([child], [auditor(name)]).mark for name in ("Asha", "Kofi")} | {match([], []).mark}
    assert len(marks) == 3


def test_what_is_left_out_is_grouped_by_its_reason() -> None:
    one, two, three = (case(f"ORC-00{n}") for n in (1, 2, 3))
    found = Matching((), (Unplaced(three, "b", "x"), Unplaced(two, "a", "x"), Unplaced(one, "b", "x")))
    assert found.left_out == [LeftOut((two,), "a", "x"), LeftOut((one, three), "b", "x")]


def test_what_is_said_of_several_is_said_of_each() -> None:
    tied, children = auditor("Asha", team=ORCHARD), [case("ORC-001", ORCHARD), case("ORC-002", ORCHARD)]
    [out] = match(children, [tied]).left_out
    assert out.said == (
        "nobody may read it: works in the child's team (1)."
        " Each could be placed with one more auditor of another service."
    )
