"""What chat says of what is held, word for word; and the way from there to the page."""

from datetime import date, time

import pytest

from forms import deciding
from programme.calendar import at_london
from programme.exceptions import exceptions
from storage import clock, find, journal
from storage.office import Office
from tests.bot.conftest import Door
from tests.bot.test_messages import instead, letter
from tests.cast import MONTH, NOW, Cast, here
from tests.forms.arriving import arrives

SENDER = {"case_ref": "MDW-417"}


def sheet_is(office: Office, cast: Cast, paused: bool) -> None:
    with office.record.writing() as session:
        sheet, told = find.sheets.at(session, "sheet"), [here(session, cast.administrator)]
        facts = (
            sheet.cannot_be_read("Column 'Mood' is no question of our form.", at=NOW, administrators=told)
            if paused
            else sheet.was_read(gone=0, at=NOW, administrators=told)
        )
        journal.write(session, facts, by=None, at=NOW)


def test_what_is_held_is_not_late(office: Office, door: Door, cast: Cast) -> None:
    arrives(office, cast, without=("impact",))
    day = date(2017, 10, 16)
    with office.record.writing() as session:
        clock.set_to(session, at_london(day, time(10)))
        of = find.rounds.of_month(session, MONTH)
        found = exceptions(find.exceptions.found(session, of, today=day, rules=office.rules), day)
        said = [each.said for each in found]
    assert said == [
        "AUD-2017-10-02, Kofi Lindqvist: was due on Friday 13 October.",
        "1 return is held: see Held.",
    ]
    late = door.said(cast.administrator, "chase")
    assert ("*1 late*" in late, "Asha" in late, "Kofi" in late) == (True, False, True)


def test_who_sent_it_hears_that_it_is_safe_and_what_it_takes(office: Office, cast: Cast, door: Door) -> None:
    arrives(office, cast, without=("impact", "overall"))
    assert letter(office, door, "submission_held", cast.auditor) == (
        "Your audit has arrived, and needs a look",
        [
            "*MDW-0417*  (AUD-2017-10-01)",
            "Received, thank you, and in time.",
            "2 answers are still needed. Everything you wrote is in the form already.",
            "Open the form",
        ],
    )


def test_the_administrator_hears_which_and_how_much(office: Office, cast: Cast, door: Door) -> None:
    held = arrives(office, cast, without=("impact",))
    assert letter(office, door, "submission_held", cast.administrator) == (
        "A return is held",
        [f"*A return is held* ({held.ref}), for AUD-2017-10-01.", "One answer is still needed.", "Look at it"],
    )


def test_what_nobody_can_match_asks_nothing_of_its_sender(office: Office, cast: Cast, door: Door) -> None:
    held = arrives(office, cast, SENDER)
    assert letter(office, door, "submission_held", cast.auditor)[1] == [
        f"*Received, thank you* ({held.ref}). It does not say clearly which audit it is.",
        "The administrator looks at it. There is nothing for you to do.",
    ]


def test_once_it_is_settled_every_message_of_it_says_so(office: Office, cast: Cast, door: Door) -> None:
    held = arrives(office, cast, without=("impact",))
    arrives(office, cast, response="mended")
    line = [f"*{held.ref}* (AUD-2017-10-01): A newer one counts."]
    for person in (cast.auditor, cast.administrator):
        assert instead(office, door, "submission_held", person) == ("settled meanwhile", line)


def test_asked_once_more_and_set_aside(office: Office, cast: Cast, door: Door) -> None:
    held = arrives(office, cast, without=("impact",))
    with office.record.writing() as session:
        deciding.ask(session, office, held.ref, by=here(session, cast.administrator))
    assert letter(office, door, "auditor_asked", cast.auditor)[1][0] == (
        "*The administrator asks you to look at your audit once more.*"
    )
    with office.record.writing() as session:
        deciding.discard(session, office, held.ref, "A trial run.", by=here(session, cast.administrator))
    assert letter(office, door, "submission_discarded", cast.auditor) == (
        "Something you sent does not count",
        [
            f"*{held.ref}* (AUD-2017-10-01): It does not count.",
            "It is kept. Ask the administrator if you expected otherwise.",
        ],
    )


def test_unsafe_for_nobody_knows_whom_says_whom_to_ring(office: Office, cast: Cast, door: Door) -> None:
    held = arrives(office, cast, SENDER | {"safety": "unsafe_now", "staff_conduct": "no", "safety_detail": "Alone."})
    assert letter(office, door, "unsafe_unmatched", cast.head_of_quality) == (
        "Act now: open this message and ring",
        [
            f"*Act now. 'Unsafe now' has come in, and nobody can tell for which child* ({held.ref}).",
            "Ring Asha Thornbury, who sent it, at once. Out of hours: the duty team. This is not a referral.",
            "Look at it",
        ],
    )


def test_a_paused_sheet_is_said_and_taken_back(office: Office, cast: Cast, door: Door) -> None:
    sheet_is(office, cast, paused=True)
    assert letter(office, door, "sheet_paused", cast.administrator) == (
        "The response sheet is not read any more",
        [
            "*The response sheet is not read any more:* its columns are not those of our form.",
            "Nothing is lost. What to do is on the page:",
            "Look at it",
        ],
    )
    sheet_is(office, cast, paused=False)
    assert instead(office, door, "sheet_paused", cast.administrator)[0] == "it is read again"


@pytest.mark.parametrize("kind", ["submission_held", "unsafe_unmatched"])
def test_nothing_that_was_written_stands_in_chat(office: Office, cast: Cast, door: Door, kind: str) -> None:
    said = {"case_ref": "Canary Oakenshaw", "safety": "unsafe_now", "staff_conduct": "no", "impact": "Canary words"}
    arrives(office, cast, said | {"safety_detail": "Canary detail"})
    text, lines = letter(office, door, kind, cast.administrator)
    assert "Canary" not in " ".join([text, *lines])
