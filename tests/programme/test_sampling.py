"""The draw: anybody with the frame and the seed finds the same sample again."""

import random
from collections import Counter
from datetime import date

import pytest

from programme.cases import FrameEntry
from programme.refusals import Refusal
from programme.sampling import draw
from tests.programme.builders import case

DRAWN_ON = date(2017, 9, 25)


def frame_of(many: int) -> list[FrameEntry]:
    return [FrameEntry("2017-10", case(f"MDW-{n:04d}")) for n in range(many)]


def sample_of(frame: list[FrameEntry], *, size: int, seed: int) -> list[str]:
    draw(frame, size=size, seed=seed, month="2017-10", on=DRAWN_ON)
    return [each.case.ref for each in sorted(frame, key=lambda each: each.drawn_as or 0) if each.drawn_as]


def test_the_same_seed_draws_the_same_whatever_the_order_of_the_file() -> None:
    drawn = set()
    for order in range(20):
        frame = frame_of(60)
        random.Random(order).shuffle(frame)
        drawn.add(tuple(sample_of(frame, size=20, seed=1710)))
    assert len(drawn) == 1


def test_the_draw_of_one_seed_never_changes() -> None:
    assert sample_of(frame_of(20), size=5, seed=1710) == ["MDW-0002", "MDW-0014", "MDW-0001", "MDW-0009", "MDW-0018"]


def test_another_seed_draws_another_sample() -> None:
    assert len({tuple(sample_of(frame_of(60), size=20, seed=seed)) for seed in range(50)}) == 50


def test_every_record_has_the_same_chance() -> None:
    """Each of 10 is expected 600 times in 2,000 draws of 3, give or take 82 (four standard deviations)."""
    times = Counter(ref for seed in range(2000) for ref in sample_of(frame_of(10), size=3, seed=seed))
    assert len(times) == 10
    assert all(518 <= n <= 682 for n in times.values())


def test_restricted_held_and_closed_records_are_never_drawn() -> None:
    kept_out = [
        case("MDW-R", restricted=True),
        case("MDW-H", hold=True),
        case("MDW-C", closed=date(2017, 9, 24)),
    ]
    closing_today = case("MDW-T", closed=DRAWN_ON)
    for seed in range(200):
        frame = [FrameEntry("2017-10", each) for each in (*kept_out, closing_today)] + frame_of(4)
        assert set(sample_of(frame, size=5, seed=seed)) == {"MDW-T", *(f"MDW-{n:04d}" for n in range(4))}


def test_the_draw_says_what_is_needed_to_check_it() -> None:
    drawn = draw(frame_of(30), size=20, seed=1710, month="2017-10", on=DRAWN_ON)
    assert (drawn.about, drawn.details()) == ("2017-10", {"seed": "1710", "frame": "30", "drawn": "20"})


def test_a_sample_is_drawn_once() -> None:
    frame = frame_of(30)
    first = sample_of(frame, size=10, seed=1)
    with pytest.raises(Refusal) as refused:
        draw(frame, size=10, seed=2, month="2017-10", on=DRAWN_ON)
    assert (
        refused.value.sentence
        == "This month's sample has been drawn. It is kept as it is, so that anyone can check it."
    )
    assert [each.case.ref for each in sorted(frame, key=lambda each: each.drawn_as or 0) if each.drawn_as] == first


@pytest.mark.parametrize(
    ("size", "sentence"),
    [
        (4, "The frame has 3 children's records that may be drawn; 4 were asked for."),
        (0, "Say how many children's records to draw: at least one."),
        (-1, "Say how many children's records to draw: at least one."),
    ],
)
def test_a_size_that_cannot_be_drawn_is_refused_and_nothing_is_drawn(size: int, sentence: str) -> None:
    frame = frame_of(3)
    with pytest.raises(Refusal) as refused:
        draw(frame, size=size, seed=1, month="2017-10", on=DRAWN_ON)
    assert (refused.value.sentence, refused.value.field) == (sentence, "size")
    assert [each.drawn_as for each in frame] == [None, None, None]
