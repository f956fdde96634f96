"""The chain over the history: what is done to an entry, a seal or their order is found, and said by number."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from programme.refusals import Refusal
from programme.sealing import START, Entry, Head, Seal, Verdict, sealed, verify
from tests.cast import NOW

Link = tuple[Seal, Entry | None]

ENTRIES = [
    Entry(number, NOW, "reminded", f"AUD-2017-10-0{number}", 3, None, '{"step": "due"}', "[3]")
    for number in range(1, 7)
]
SEALS = sealed(ENTRIES, after=START)
CHAIN: list[Link] = list(zip(SEALS, ENTRIES, strict=True))


def looked(chain: list[Link], noted: Head | None = None) -> Verdict:
    return verify(chain, waiting=0, noted=noted)


def faults(chain: list[Link], noted: Head | None = None) -> list[str]:
    return looked(chain, noted).faults


def put(place: int, seal: Seal, entry: Entry | None) -> list[Link]:
    return [*CHAIN[: place - 1], (seal, entry), *CHAIN[place:]]


def test_what_is_as_it_was_is_well() -> None:
    assert looked(CHAIN) == Verdict(waiting=0, sealed=6, head=SEALS[-1].head)
    assert looked(CHAIN).is_well


def test_before_anything_is_sealed() -> None:
    assert verify([], waiting=4) == Verdict(waiting=4, sealed=0, head=START)


def test_a_chain_made_bit_by_bit_is_the_same_chain() -> None:
    first = sealed(ENTRIES[:2], after=START)
    assert first + sealed(ENTRIES[2:], after=first[-1].head) == SEALS


@pytest.mark.parametrize(
    "changed",
    [
        {"number": 9},
        {"at": NOW + timedelta(microseconds=1)},
        {"at": "no time"},
        {"kind": "head_told"},
        {"about": "AUD-2017-10-04"},
        {"by": 4},
        {"by": None},
        {"on_behalf_of": 3},
        {"details": '{"step": "due", "step": "closing"}'},
        {"details": b"\xff"},
        {"told": "[]"},
        {"told": "[3 ]"},
    ],
    ids=str,
)
def test_any_change_of_an_entry_is_found(changed: dict[str, object]) -> None:
    said = faults(put(3, SEALS[2], replace(ENTRIES[2], **changed)))  # type: ignore[arg-type]
    assert said == ["Entry 3, or its seal at place 3, is not as it was sealed."]


def test_the_same_moment_in_another_zone_is_the_same_entry() -> None:
    there = replace(ENTRIES[2], at=NOW.astimezone(timezone(timedelta(hours=5))))
    assert faults(put(3, SEALS[2], there)) == []


def test_what_moves_from_one_field_to_another_is_found() -> None:
    entry = Entry(1, NOW, "ab", "c", None, None, "{}", "[]")
    for moved in (replace(entry, kind="a", about="bc"), replace(entry, details="{}[", told="]")):
        assert Seal.of(entry, after=START) != Seal.of(moved, after=START)


def test_a_changed_seal_is_found() -> None:
    assert faults(put(3, replace(SEALS[2], digest="0" * 64), ENTRIES[2])) == [
        "Entry 3, or its seal at place 3, is not as it was sealed.",
        "Entry 4, or its seal at place 4, is not as it was sealed.",
    ]


def test_a_deleted_entry_is_found() -> None:
    assert faults(put(3, SEALS[2], None)) == ["Entry 3 is gone from the history; it was sealed at place 3."]


def test_an_entry_deleted_with_its_seal_is_found() -> None:
    gap = [CHAIN[0], CHAIN[1], *CHAIN[3:]]
    assert faults(gap) == ["After place 2 of the chain comes place 4: seals were taken out or put in."]
    closed_up = [CHAIN[0], CHAIN[1], *((replace(seal, place=seal.place - 1), entry) for seal, entry in CHAIN[3:])]
    assert faults(closed_up)[0] == "Entry 4, or its seal at place 3, is not as it was sealed."
    assert faults(CHAIN[1:]) == ["After place 0 of the chain comes place 2: seals were taken out or put in."]


def test_two_entries_that_changed_places_are_found() -> None:
    swapped = [*CHAIN[:2], (SEALS[2], replace(ENTRIES[3], number=3)), (SEALS[3], replace(ENTRIES[2], number=4))]
    assert len(faults([*swapped, *CHAIN[4:]])) == 2
    seals = [replace(SEALS[3], place=3), replace(SEALS[2], place=4)]
    reordered = [*CHAIN[:2], (seals[0], ENTRIES[3]), (seals[1], ENTRIES[2]), *CHAIN[4:]]
    assert len(faults(reordered)) == 3


def test_a_seal_that_was_put_in_is_found() -> None:
    forged = Entry(99, NOW, "reminded", "AUD-2017-10-01", 3, None, "{}", "[]")
    link = (Seal.of(forged, after=SEALS[1].head), forged)
    twice = [*CHAIN[:2], link, *CHAIN[2:]]
    assert faults(twice) == ["After place 3 of the chain comes place 3: seals were taken out or put in."]
    moved_on = [*CHAIN[:2], link, *((replace(seal, place=seal.place + 1), entry) for seal, entry in CHAIN[2:])]
    assert len(faults(moved_on)) == 4


def test_a_late_entry_breaks_nothing_and_is_named() -> None:
    """Of two who wrote at once the lower number came to light after the higher was sealed."""
    order = [*ENTRIES[:2], ENTRIES[3], ENTRIES[2], ENTRIES[4]]
    verdict = looked(list(zip(sealed(order, after=START), order, strict=True)))
    assert (verdict.faults, verdict.late, verdict.sealed) == ([], [3], 5)


def test_the_newest_that_were_taken_away_are_missed_by_a_noted_head_only() -> None:
    noted = SEALS[-1].head
    assert faults(CHAIN, noted) == []
    assert faults(CHAIN[:4]) == []
    assert faults(CHAIN[:4], noted) == ["The chain ends at place 4, and place 6 was noted: its newest part is gone."]


def test_a_chain_that_was_made_anew_is_not_the_noted_one() -> None:
    entries = [replace(each, about="AUD-2017-10-09") if each.number == 2 else each for each in ENTRIES]
    anew: list[Link] = list(zip(sealed(entries, after=START), entries, strict=True))
    assert faults(anew) == []
    assert faults(anew, SEALS[3].head) == ["The seal at place 4 is not the one that was noted."]


def test_a_head_is_read_as_it_was_printed() -> None:
    head = SEALS[2].head
    assert Head.read(f" {head}\n") == head


@pytest.mark.parametrize("said", ["", "12", "12:", "12:abc", f"-1:{'0' * 64}", f"1:{'G' * 64}", f"1:{'0' * 65}"])
def test_what_is_no_head_is_refused(said: str) -> None:
    with pytest.raises(Refusal, match="no head of a chain"):
        Head.read(said)
