"""The rota by itself: whose month it is, who has a turn, what is carried over and to where."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from programme import rota
from programme.calendar import first_of, following
from programme.people import AuditGroup, Person, Service
from programme.planning_policy import RotaRules
from programme.rota import BY_ROTA, CARRIED, GIVEN_OUT, IN_CORE, LEARNING, Ahead, Owed, Turn
from programme.words import Competency, Role, Scheme
from tests.programme.builders import person

HAWTHORN, LINDEN, ROWAN = (AuditGroup(name) for name in ("Hawthorn", "Linden", "Rowan"))
GROUPS = [ROWAN, HAWTHORN, LINDEN]


def auditor(name: str, group: AuditGroup | None = ROWAN, competency: Competency | None = None) -> Person:
    return person(name, Role.TEAM_MANAGER, group=group, competency=competency)


def months(first: str, *groups: AuditGroup, scheme: Scheme = Scheme.GROUPS) -> list[Ahead]:
    """Months one after the other, each with its group; the window is from the 2nd to the 15th."""
    names = rota.months_from(first, len(groups))
    windows = [(first_of(name).replace(day=2), first_of(name).replace(day=15)) for name in names]
    return [Ahead(name, group, scheme, *window) for name, group, window in zip(names, groups, windows, strict=True)]


def said(turns: Sequence[Turn]) -> list[tuple[str, str, str]]:
    return sorted((turn.month, turn.person.name, turn.why) for turn in turns)


asha, kofi, noor = auditor("Asha"), auditor("Kofi", HAWTHORN), auditor("Noor", LINDEN)
EVERYBODY = [asha, kofi, noor]
AHEAD = months("2017-08", ROWAN, HAWTHORN, LINDEN)


class TestWhoseMonthItIs:
    def test_groups_follow_one_another_by_name(self) -> None:
        sequence = rota.groups_from(LINDEN, GROUPS)
        assert [next(sequence).name for _ in range(5)] == ["Linden", "Rowan", "Hawthorn", "Linden", "Rowan"]

    @pytest.mark.parametrize(
        ("month", "moves_on", "keeps"),
        [("2017-08", "Hawthorn", "Hawthorn"), ("2017-09", "Linden", "Hawthorn"), ("2017-11", "Hawthorn", "Hawthorn")],
    )
    def test_a_month_without_a_round_is_its_groups_turn_or_not_as_policy_says(
        self, month: str, moves_on: str, keeps: str
    ) -> None:
        after = ("2017-07", ROWAN)
        assert rota.whose_month(month, after, GROUPS, RotaRules()).name == moves_on
        assert rota.whose_month(month, after, GROUPS, RotaRules(skipped_month_moves_on=False)).name == keeps

    def test_the_core_group_begins_with_the_month_that_policy_names(self) -> None:
        rules = RotaRules(core_from=date(2017, 11, 1))
        assert [rota.scheme_of(month, rules) for month in ("2017-10", "2017-11", "2018-01")] == [
            *(Scheme.GROUPS, Scheme.CORE, Scheme.CORE)
        ]


class TestWhoHasATurn:
    def test_each_group_in_its_month(self) -> None:
        assert said(rota.plan(AHEAD, EVERYBODY, [], [], []).made) == [
            ("2017-08", "Asha", BY_ROTA),
            ("2017-09", "Kofi", BY_ROTA),
            ("2017-10", "Noor", BY_ROTA),
        ]

    def test_what_stands_is_not_made_again(self) -> None:
        made = rota.plan(AHEAD, EVERYBODY, [], [], []).made
        assert rota.plan(AHEAD, EVERYBODY, made, [], []) == rota.Plan()

    def test_who_is_not_there_for_the_window_has_none(self) -> None:
        joining, leaving = auditor("Joins"), auditor("Leaves")
        joining.starts, leaving.ends = date(2017, 8, 3), date(2017, 8, 14)
        paused, later = auditor("Paused", competency=Competency.PAUSED), auditor("Later")
        later.service = Service("Eleven Plus", takes_part_from=date(2017, 8, 3))
        social_worker = person("Worker", Role.SOCIAL_WORKER, group=ROWAN)
        people = [joining, leaving, paused, later, social_worker]
        assert rota.plan(AHEAD, people, [], [], []).made == ()
        joining.starts, leaving.ends = date(2017, 8, 2), date(2017, 8, 15)
        later.service.takes_part_from = date(2017, 8, 2)
        assert [turn.person for turn in rota.plan(AHEAD, people, [], [], []).made] == [joining, leaving, later]

    def test_somebody_without_a_group_has_none(self) -> None:
        assert rota.plan(AHEAD, [auditor("Nobody's", None)], [], [], []).made == ()

    def test_who_leaves_pauses_or_changes_group_gives_up_what_the_rota_foresaw(self) -> None:
        leaves, moves = auditor("Leaves"), auditor("Moves")
        known = rota.plan(AHEAD, [leaves, moves], [], [], []).made
        leaves.ends, moves.group = date(2017, 7, 31), LINDEN
        plan = rota.plan(AHEAD, [leaves, moves], known, [], [])
        assert (said(plan.dropped), said(plan.made)) == (
            [("2017-08", "Leaves", BY_ROTA), ("2017-08", "Moves", BY_ROTA)],
            [("2017-10", "Moves", BY_ROTA)],
        )

    def test_a_month_that_goes_to_another_group(self) -> None:
        known = rota.plan(AHEAD, EVERYBODY, [], [], []).made
        plan = rota.plan(months("2017-08", LINDEN, ROWAN, HAWTHORN), EVERYBODY, known, [], [])
        assert said(plan.dropped) == said(known)
        assert said(plan.made) == [
            ("2017-08", "Noor", BY_ROTA),
            ("2017-09", "Asha", BY_ROTA),
            ("2017-10", "Kofi", BY_ROTA),
        ]

    def test_what_was_foreseen_for_a_month_that_was_passed_over_goes(self) -> None:
        known = [Turn(noor, "2017-07"), *rota.plan(AHEAD, EVERYBODY, [], [], []).made]
        assert said(rota.plan(AHEAD, EVERYBODY, known, [], []).dropped) == [("2017-07", "Noor", BY_ROTA)]


class TestSwaps:
    def test_turns_change_months_and_what_each_makes_up_for_stays_theirs(self) -> None:
        now, later = Turn(asha, "2017-08"), Turn(kofi, "2017-09", CARRIED, carried_from="2017-06")
        rota.exchange(now, later, because="in August 2017")
        assert [(turn.person, turn.month, turn.why, turn.carried_from) for turn in (now, later)] == [
            (asha, "2017-09", "swapped with Kofi in August 2017", ""),
            (kofi, "2017-08", "swapped with Asha in August 2017", "2017-06"),
        ]

    def test_a_swapped_turn_stands_and_one_given_away_does_not_come_back(self) -> None:
        now, later = Turn(asha, "2017-08"), Turn(kofi, "2017-09")
        rota.exchange(now, later, because="in August 2017")
        given_away = [(asha, "2017-08"), (kofi, "2017-09")]
        assert said(rota.plan(AHEAD, EVERYBODY, [now, later], [], given_away).made) == [("2017-10", "Noor", BY_ROTA)]

    def test_a_swapped_turn_goes_with_who_leaves(self) -> None:
        leaves = auditor("Leaves")
        leaves.ends = date(2017, 8, 31)
        turn = Turn(leaves, "2017-09", "swapped with Kofi in August 2017")
        assert rota.plan(AHEAD, [leaves], [turn], [], [(leaves, "2017-08")]).dropped == (turn,)

    def test_a_turn_that_came_by_what_was_given_out_stands(self) -> None:
        assert rota.plan(AHEAD, [], [Turn(noor, "2017-08", GIVEN_OUT)], [], []) == rota.Plan()


class TestCarryOvers:
    def test_they_go_to_the_first_later_month_without_another_turn(self) -> None:
        plan = rota.plan(AHEAD, EVERYBODY, [], [Owed(asha, "2017-07"), Owed(kofi, "2017-07")], [])
        carried = [turn for turn in plan.made if turn.carried_from]
        assert said(carried) == [("2017-08", "Kofi", CARRIED), ("2017-09", "Asha", CARRIED)]
        assert {turn.carried_from for turn in carried} == {"2017-07"}

    def test_one_that_stands_is_not_made_again_and_stays_where_it_is(self) -> None:
        turn = Turn(asha, "2017-10", CARRIED, carried_from="2017-07")
        plan = rota.plan(AHEAD, [asha], [Turn(asha, "2017-08"), turn], [Owed(asha, "2017-07")], [])
        assert plan == rota.Plan()

    def test_one_that_is_not_owed_any_more_goes(self) -> None:
        turn = Turn(asha, "2017-09", CARRIED, carried_from="2017-07")
        assert rota.plan(AHEAD, [asha], [Turn(asha, "2017-08"), turn], [], []) == rota.Plan(dropped=(turn,))

    def test_the_rota_comes_first_and_the_carry_over_waits_for_the_next_free_month(self) -> None:
        turn = Turn(kofi, "2017-08", CARRIED, carried_from="2017-07")
        plan = rota.plan(months("2017-08", HAWTHORN, LINDEN, ROWAN), [kofi], [turn], [Owed(kofi, "2017-07")], [])
        assert (said(plan.made), plan.moved, plan.dropped) == ([("2017-08", "Kofi", BY_ROTA)], ((turn, "2017-09"),), ())

    def test_two_that_one_person_owes_go_to_two_months_the_older_first(self) -> None:
        plan = rota.plan(AHEAD, [asha], [], [Owed(asha, "2017-06"), Owed(asha, "2017-05")], [])
        assert [(turn.month, turn.carried_from) for turn in plan.made] == [
            ("2017-08", ""),
            ("2017-09", "2017-05"),
            ("2017-10", "2017-06"),
        ]

    def test_there_may_be_no_room_yet(self) -> None:
        busy = auditor("Busy")
        turn = Turn(busy, "2017-07", CARRIED, carried_from="2017-06")
        known = [turn, *(Turn(busy, each.month, GIVEN_OUT) for each in AHEAD)]
        plan = rota.plan(AHEAD, [busy], known, [Owed(busy, "2017-06"), Owed(auditor("Gone", None), "2017-06")], [])
        assert plan.dropped == (turn,)
        assert [each.person.name for each in plan.made] == ["Gone"]

    def test_who_has_left_owes_no_more(self) -> None:
        gone = auditor("Gone", None)
        gone.ends = date(2017, 7, 31)
        turn = Turn(gone, "2017-08", CARRIED, carried_from="2017-07")
        assert rota.plan(AHEAD, [gone], [turn], [Owed(gone, "2017-07")], []) == rota.Plan(dropped=(turn,))

    def test_one_in_a_month_that_was_passed_over_moves_on(self) -> None:
        turn = Turn(kofi, "2017-07", CARRIED, carried_from="2017-06")
        assert rota.plan(AHEAD, [kofi], [turn], [Owed(kofi, "2017-06")], []).moved == ((turn, "2017-08"),)

    def test_a_month_given_away_is_not_filled_with_one(self) -> None:
        plan = rota.plan(AHEAD, [kofi], [], [Owed(kofi, "2017-07")], [(kofi, "2017-08")])
        assert said(plan.made) == [("2017-09", "Kofi", BY_ROTA), ("2017-10", "Kofi", CARRIED)]


class TestTheCoreGroup:
    people = (
        auditor("Core", None, Competency.CORE),
        auditor("Competent", ROWAN, Competency.COMPETENT),
        auditor("Developing", ROWAN, Competency.DEVELOPING),
        auditor("Not yet said", ROWAN),
        auditor("Of another group", LINDEN, Competency.DEVELOPING),
        auditor("Paused", ROWAN, Competency.PAUSED),
    )

    def test_it_has_every_month_and_who_is_developing_a_learning_turn_apart(self) -> None:
        ahead = months("2017-11", ROWAN, HAWTHORN, scheme=Scheme.CORE)
        assert said(rota.plan(ahead, self.people, [], [], []).made) == [
            ("2017-11", "Core", IN_CORE),
            ("2017-11", "Developing", LEARNING),
            ("2017-11", "Not yet said", LEARNING),
            ("2017-12", "Core", IN_CORE),
        ]

    def test_a_month_that_was_opened_for_the_groups_stays_theirs(self) -> None:
        [october] = months("2017-10", ROWAN)
        [november] = months("2017-11", HAWTHORN, scheme=Scheme.CORE)
        made = said(rota.plan([october, november], self.people, [], [], []).made)
        assert made == [
            ("2017-10", "Competent", BY_ROTA),
            ("2017-10", "Developing", BY_ROTA),
            ("2017-10", "Not yet said", BY_ROTA),
            ("2017-11", "Core", IN_CORE),
        ]

    def test_turns_foreseen_for_the_groups_are_made_anew_when_policy_names_the_month(self) -> None:
        groups, core = months("2017-11", ROWAN), months("2017-11", ROWAN, scheme=Scheme.CORE)
        known = rota.plan(groups, self.people, [], [], []).made
        plan = rota.plan(core, self.people, known, [], [])
        assert said(plan.dropped) == said(known)
        assert [name for _, name, _ in said(plan.made)] == ["Core", "Developing", "Not yet said"]

    def test_somebody_competent_still_makes_up_for_what_they_missed(self) -> None:
        [_, competent, *_] = self.people
        ahead = months("2017-11", ROWAN, scheme=Scheme.CORE)
        assert said(rota.plan(ahead, self.people, [], [Owed(competent, "2017-10")], []).made)[0] == (
            *("2017-11", "Competent", CARRIED),
        )


def test_months_are_told_apart_by_their_windows() -> None:
    [august] = months("2017-08", ROWAN)
    late = replace(august, first=date(2017, 8, 20), last=date(2017, 9, 5))
    leaves = auditor("Leaves")
    leaves.ends = date(2017, 8, 31)
    assert [rota.takes_part(leaves, each) for each in (august, late)] == [True, False]
    assert following(late.month) == "2017-09"
