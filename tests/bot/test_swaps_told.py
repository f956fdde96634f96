"""What stands in chat about a swap goes on telling what is true: who has the audit by now, and who may still undo."""

from dataclasses import replace
from datetime import date, time

from bot import names
from programme.calendar import at_london
from programme.people import Person
from programme.policy import Policy, SwapRules
from programme.rulebook import Rulebook
from programme.swaps import Swap
from programme.words import SwapState
from scheduler.sweeps.swaps import EndingSwaps
from storage import clock
from storage.office import Office
from tests.bot.conftest import Door, open_door, words_of
from tests.bot.swapping import REF, asked, free, last_said, now, post, somebody_free
from tests.cast import Cast
from tests.moderated import returned

__all__ = ["free"]


def said(door: Door, person: Person, number: int) -> list[str]:
    """All that one of their messages says by now, the oldest being the first."""
    return words_of(door.twin.sent_to(str(person.slack_user_id))[number]["blocks"]).split("\n")


def taken(office: Office, door: Door, cast: Cast, free: Person) -> Swap:
    swap = asked(office, cast, free)
    door.press(free, names.ACCEPT, swap.ref)
    post(office, door)
    return swap


def test_a_failed_search_says_who_has_it_by_now(office: Office, door: Door, cast: Cast, free: Person) -> None:
    post(office, door)
    door.press(free, names.DECLINE, asked(office, cast, free).ref)
    post(office, door)
    other = somebody_free(office, cast, "Thandi Marlowe")
    door.twin.users[other.email] = str(other.slack_user_id)
    taken(office, door, cast, other)
    has_it = ["*AUD-2017-10-01.* Thandi Marlowe has it now."]
    assert (said(door, cast.administrator, 0), said(door, cast.auditor, 1)) == (has_it, has_it)


def test_once_returned_there_is_nothing_to_press(office: Office, door: Door, cast: Cast, free: Person) -> None:
    taken(office, door, cast, free)
    returned(office, replace(cast, auditor=free))
    post(office, door)
    assert said(door, free, 0) == ["*You took over AUD-2017-10-01.* It is returned, thank you."]
    assert said(door, cast.administrator, 0) == [
        f"*AUD-2017-10-01 was swapped*: {free.name} does it, and Asha Thornbury has November 2017 instead."
    ]


def test_the_administrator_undoes_from_their_message(office: Office, door: Door, cast: Cast, free: Person) -> None:
    swap = taken(office, door, cast, free)
    assert last_said(door, cast.administrator)[-1] == "Undo"
    door.press(cast.administrator, names.UNDO, swap.ref)
    assert door.modal_words == "Undone. The audit is with Asha Thornbury again, and everybody is told."
    assert now(office, swap.ref).state is SwapState.UNDONE


def test_what_the_administrator_makes_speaks_of_the_two_and_can_be_undone(door: Door, cast: Cast, free: Person) -> None:
    door.press(cast.administrator, names.SWAP, REF)
    assert door.modal_words.split("\n")[:2] == [
        "AUD-2017-10-01, due on Friday 13 October.",
        "Who takes it? Asha Thornbury takes their turn in November 2017.",
    ]
    chosen = {names.PEER_FIELD: {names.PEER_FIELD: {"selected_option": {"value": free.email}}}}
    answer = door.submit(cast.administrator, chosen).get_json()
    made = f"Bronwen Achterberg made this swap for Asha Thornbury and {free.name} on Monday 2 October at 09:05."
    assert words_of(answer["view"]["blocks"]).split("\n") == [f"Done: {made} Both are told.", "Undo"]


def test_what_was_not_approved_says_so_once(office: Office, door: Door, cast: Cast, free: Person) -> None:
    careful = replace(office, rules=Rulebook.of(Policy(swaps=SwapRules(approval=True))))
    door = open_door(careful, door.twin)
    swap = taken(careful, door, cast, free)
    door.press(cast.administrator, names.TURN_DOWN, swap.ref)
    post(careful, door)
    why = f"Bronwen Achterberg did not approve that {free.name} takes it."
    assert last_said(door, cast.auditor)[0] == f"*Your audit is still yours.* {why} You can ask somebody else."
    assert last_said(door, cast.administrator)[0] == f"*AUD-2017-10-01 is still with Asha Thornbury.* {why}"


def test_once_it_is_due_both_read_what_is_still_possible(office: Office, door: Door, cast: Cast, free: Person) -> None:
    asked(office, cast, free)
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, 13), time(9)))
    EndingSwaps(office).sweep()
    post(office, door)
    too_late = "It is too late to swap this audit: it is due. Ask for more time, or say that you cannot do it."
    assert last_said(door, cast.auditor)[0] == f"*Your audit is still yours.* Nobody answered in time. {too_late}"
    assert last_said(door, cast.administrator) == [
        "*Asha Thornbury found nobody to swap AUD-2017-10-01 with.* Nobody answered in time.",
        "It is still with them.",
        "It is due, so it cannot be swapped. What helps now is more time from their Head of Service, or a reason.",
    ]


def test_the_best_are_to_be_ticked_and_the_others_in_a_list(office: Office, door: Door, cast: Cast) -> None:
    for name in ("Ada A", "Bea B", "Cai C", "Dot D", "Eve E", "Flo F", "Gus G"):
        somebody_free(office, cast, name)
    door.press(cast.auditor, names.SWAP, REF)
    fields = {block["block_id"]: block["element"] for block in door.modal["blocks"] if block["type"] == "input"}
    kinds = [(name, each["type"], [option["value"] for option in each["options"]]) for name, each in fields.items()]
    assert kinds == [
        (names.PEER_FIELD, "checkboxes", [f"{name}@example.org" for name in ("ada", "bea", "cai", "dot", "eve")]),
        (names.OTHER_PEER_FIELD, "static_select", ["flo@example.org", "gus@example.org"]),
        (names.EVERYBODY_FIELD, "checkboxes", ["yes"]),
    ]
    answer = door.submit(
        cast.auditor,
        {
            names.PEER_FIELD: {names.PEER_FIELD: {"selected_options": [{"value": "ada@example.org"}]}},
            names.OTHER_PEER_FIELD: {names.OTHER_PEER_FIELD: {"selected_option": {"value": "gus@example.org"}}},
        },
    ).get_json()
    assert words_of(answer["view"]["blocks"]).startswith("Ada A and Gus G have been asked")
