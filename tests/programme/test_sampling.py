"""A month's sample: who may be drawn, what is picked by hand, and which reserve follows."""

from datetime import date
from typing import Any

import pytest

from programme.cases import Case, FrameEntry
from programme.drawing import digest_of
from programme.people import Person, Team
from programme.planning_facts import RecordChosen
from programme.planning_policy import SampleRules
from programme.policy import Policy
from programme.refusals import NotAllowed, Refusal
from programme.rulebook import Rulebook
from programme.sampling import (
    Sample,
    call_reserve,
    draw_sample,
    frame_of,
    has_time_for_a_reserve,
    months_between,
    pick,
    release,
    why_left_out,
)
from programme.words import Role
from tests.programme.builders import case, person

MONTH, DAY = "2017-10", date(2017, 9, 25)
RULES = SampleRules()
RUNS, QUALITY = person("Odette", Role.ADMINISTRATOR), person("Bronagh", Role.HEAD_OF_QUALITY)
AUDITOR = person("Niamh", Role.TEAM_MANAGER)


def entry(n: int = 1, /, **said: Any) -> FrameEntry:  # noqa: ANN401 - whatever a record has
    made = case(f"MDW-{n:04d}", Team(f"Team {n}", None), social_worker=person(f"Worker{n}", Role.SOCIAL_WORKER))  # type: ignore[arg-type]
    for name, value in said.items():
        setattr(made, name, value)
    return FrameEntry(MONTH, made, id=n)


def why(each: FrameEntry, audited: str = "") -> str:
    return why_left_out(each, audited, month=MONTH, on=DAY, rules=RULES)


@pytest.mark.parametrize(
    ("said", "audited", "because"),
    [
        ({}, "", ""),
        ({"closed": date(2017, 9, 24)}, "", "closed"),
        ({"closed": DAY}, "", ""),
        ({"restricted": True}, "", "restricted, and not released"),
        ({"hold": True}, "", "on hold, and not released"),
        ({"opened": date(2017, 8, 14)}, "", ""),
        ({"opened": date(2017, 8, 15)}, "", "open for less than 6 weeks"),
        ({}, "2016-11", "audited in November 2016"),
        ({}, "2016-10", ""),
    ],
)
def test_what_keeps_a_record_out_of_the_draw(said: dict[str, Any], audited: str, because: str) -> None:
    assert why(entry(**said), audited) == because


def test_months_are_counted_across_years() -> None:
    assert [months_between(each, MONTH) for each in ("2017-09", "2016-10", "2015-12")] == [1, 12, 22]


def drawn(entries: list[FrameEntry], size: int = 2) -> tuple[Sample, list[RecordChosen]]:
    frame = frame_of(entries, {}, month=MONTH, on=DAY, rules=RULES)
    sample, facts = draw_sample(entries, frame, size=size, seed=1710, month=MONTH, on=DAY, by=RUNS)
    return sample, [each for each in facts if isinstance(each, RecordChosen)]


def test_the_draw_marks_its_records_keeps_its_frame_and_tells_those_who_work_with_the_children() -> None:
    entries = [entry(n) for n in range(1, 6)]
    sample, told = drawn(entries)
    chosen = sorted((each for each in entries if each.drawn_as), key=lambda each: each.drawn_as or 0)
    assert [each.drawn_as for each in chosen] == [1, 2]
    assert sorted(each.reserve_as or 0 for each in entries if not each.drawn_as) == [1, 2, 3]
    assert [(each.about, each.how, each.tell) for each in told] == [
        (each.reference, "at_random", (each.case.social_worker,)) for each in chosen
    ]
    assert sample.again().places == tuple(each.case.ref for each in chosen)


def test_who_is_both_is_told_once_and_who_has_moved_on_is_not() -> None:
    both = person("Yewande", Role.TEAM_MANAGER)
    gone = person("Gone", Role.SOCIAL_WORKER)
    gone.ends = date(2017, 9, 24)
    entries = [entry(1, social_worker=both, team_manager=both), entry(2, social_worker=gone, team_manager=both)]
    assert {each.tell for each in drawn(entries)[1]} == {(both,)}


def test_a_sample_is_drawn_once() -> None:
    entries = [entry(n) for n in range(1, 6)]
    drawn(entries)
    with pytest.raises(Refusal, match="This month's sample has been drawn"):
        drawn(entries)


def test_what_was_kept_and_changed_afterwards_is_found_out() -> None:
    sample, _ = drawn([entry(n) for n in range(1, 6)])
    records = [dict(each) for each in sample.frame["records"]]
    records[0]["team"] = "Elsewhere"
    sample.frame = {**sample.frame, "records": records}
    with pytest.raises(Refusal, match="what was kept has been changed"):
        sample.again()


class TestByHand:
    def test_a_record_is_picked_with_a_reason_and_counted_apart(self) -> None:
        each = entry()
        [fact] = pick(each, " A complaint. ", place=3, on=DAY)
        assert (each.drawn_as, each.hand_picked_because, each.is_random) == (3, "A complaint.", False)
        assert isinstance(fact, RecordChosen)
        assert fact.how == "by_hand"

    @pytest.mark.parametrize(
        ("said", "because", "sentence"),
        [
            ({}, " ", "Say why this record is chosen by hand."),
            ({}, "x" * 201, "The reason is too long: at most 200 characters are kept."),
            ({"hold": True}, "Why", "MDW-0001 is restricted or on hold. The Head of Quality releases it first."),
        ],
    )
    def test_not_without_a_reason_or_a_release(self, said: dict[str, Any], because: str, sentence: str) -> None:
        each = entry(**said)
        with pytest.raises(Refusal) as refused:
            pick(each, because, place=1, on=DAY)
        assert (refused.value.sentence, each.drawn_as) == (sentence, None)

    def test_not_twice(self) -> None:
        each = entry()
        pick(each, "A complaint.", place=1, on=DAY)
        with pytest.raises(Refusal, match="in this month's sample already"):
            pick(each, "A complaint.", place=2, on=DAY)


class TestReleasing:
    def test_a_released_record_may_be_drawn(self) -> None:
        each = entry(restricted=True)
        release(each, to=AUDITOR, by=QUALITY)
        assert (why(each), each.released_to, each.released_by) == ("", AUDITOR, QUALITY)

    @pytest.mark.parametrize(
        ("said", "to", "by", "kind", "sentence"),
        [
            ({"hold": True}, AUDITOR, RUNS, NotAllowed, "Only the Head of Quality releases"),
            ({}, AUDITOR, QUALITY, Refusal, "neither restricted nor on hold"),
            ({"hold": True}, RUNS, QUALITY, Refusal, "Odette is not an auditor."),
        ],
    )
    def test_by_the_head_of_quality_to_an_auditor_and_only_what_needs_it(
        self, said: dict[str, Any], to: Person, by: Person, kind: type[Refusal], sentence: str
    ) -> None:
        with pytest.raises(kind, match=sentence):
            release(entry(**said), to=to, by=by)


class TestReserves:
    def reserves(self) -> list[FrameEntry]:
        entries = [entry(n) for n in range(1, 5)]
        entries[0].drawn_as = 1
        for place, each in enumerate(entries[1:], start=1):
            each.reserve_as = place
        return entries

    def call(self, entries: list[FrameEntry], live: list[Case]) -> FrameEntry | None:
        called = call_reserve(entries, live, rules=RULES, on=DAY)
        return called[0] if called else None

    def test_the_first_in_order_takes_the_next_place(self) -> None:
        entries = self.reserves()
        assert self.call(entries, []) is entries[1]
        assert (entries[1].drawn_as, entries[1].reserve_as) == (2, 1)
        assert self.call(entries, []) is entries[2]

    def test_one_that_the_limits_forbid_is_passed_over(self) -> None:
        entries = self.reserves()
        live = [case("MDW-0090", social_worker=entries[1].case.social_worker)]
        assert self.call(entries, live) is entries[2]

    def test_nor_is_one_called_that_was_closed_meanwhile(self) -> None:
        entries = self.reserves()
        entries[1].case.closed = date(2017, 9, 24)
        assert self.call(entries, []) is entries[2]

    def test_where_none_is_left_none_is_called(self) -> None:
        assert self.call(self.reserves()[:1], []) is None

    @pytest.mark.parametrize(("day", "left"), [(6, True), (9, False), (13, False)])
    def test_one_follows_while_five_working_days_remain(self, day: int, *, left: bool) -> None:
        rules = Rulebook.of(Policy())
        assert has_time_for_a_reserve(date(2017, 10, 13), date(2017, 10, day), rules) is left


def test_the_digest_is_of_frame_size_seed_and_outcome() -> None:
    entries = [entry(n) for n in range(1, 6)]
    frame = frame_of(entries, {}, month=MONTH, on=DAY, rules=RULES)
    sample, _ = drawn(entries)
    assert sample.digest == digest_of(frame, 2, 1710, sample.again())
