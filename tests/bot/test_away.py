"""`/audit away`: noted and taken back by whose it is, what is due meanwhile, and nobody else's business."""

from datetime import date

import pytest

from bot import names
from programme.absences import Absence
from programme.words import AbsenceKind
from storage import find
from storage.office import Office
from tests.bot.conftest import Door, words_of
from tests.cast import Cast, here

PRIVATE = "Why is not asked. Others see at most that you are not at work."


def noted(office: Office, cast: Cast) -> list[tuple[date, date, AbsenceKind | None, str]]:
    with office.record.reading() as session:
        me = find.people.whole(session, cast.auditor.id or 0)
        return [
            (each.first_day, each.last_day, each.kind, each.recorded_by.name if each.recorded_by else "")
            for each in me.absences
        ]


def says(first: str, last: str, kind: str = "") -> dict[str, object]:
    fields: dict[str, object] = {
        names.FIRST_DAY_FIELD: {names.FIRST_DAY_FIELD: {"selected_date": first or None}},
        names.LAST_DAY_FIELD: {names.LAST_DAY_FIELD: {"selected_date": last or None}},
        names.KIND_FIELD: {names.KIND_FIELD: {"selected_option": {"value": kind} if kind else None}},
    }
    return fields


def sends(door: Door, cast: Cast, said: dict[str, object]) -> dict[str, object]:
    door.press(cast.auditor, names.NOT_AT_WORK, "me")
    answer: dict[str, object] = door.submit(cast.auditor, said).get_json()
    return answer


def lines(answer: dict[str, object]) -> list[str]:
    view = answer["view"]
    assert isinstance(view, dict)
    return words_of(view["blocks"]).split("\n")


def test_nothing_is_noted_yet(door: Door, cast: Cast) -> None:
    assert door.said(cast.auditor, "away").split("\n") == [
        "*Nothing is noted.* You count as at work on every working day.",
        "I am not at work on…",
        PRIVATE,
    ]


def test_noted_with_what_is_due_meanwhile(office: Office, door: Door, cast: Cast) -> None:
    answer = lines(sends(door, cast, says("2017-10-09", "2017-10-13", AbsenceKind.FINISHES)))
    assert answer[:2] == [
        "*Noted: not at work from Monday 9 October to Friday 13 October 2017.* You get no reminders on these days.",
        "This is due while you are away. Swap it, ask for more time, or send it before.",
    ]
    assert cast.allocation.ref in "\n".join(answer)
    assert noted(office, cast) == [
        (date(2017, 10, 9), date(2017, 10, 13), AbsenceKind.FINISHES, cast.auditor.name),
    ]
    assert door.said(cast.auditor, "away").split("\n")[:2] == [
        "*Not at work from Monday 9 October to Friday 13 October 2017*. I finish what I have",
        "Take it back",
    ]


def test_who_hands_over_reads_what_happens(door: Door, cast: Cast) -> None:
    assert lines(sends(door, cast, says("2017-10-09", "2017-10-13", AbsenceKind.HANDS_OVER)))[1:] == [
        "What is open with you goes to somebody else on your first day away."
    ]


def test_one_day_with_nothing_due(door: Door, cast: Cast) -> None:
    assert lines(sends(door, cast, says("2017-10-03", "2017-10-03"))) == [
        "*Noted: not at work on Tuesday 3 October.* You get no reminders on these days."
    ]


@pytest.mark.parametrize(
    ("first", "last", "errors"),
    [
        ("", "2017-10-13", {"first_day": "Choose the first day."}),
        ("2017-10-09", "", {"last_day": "Choose the last day."}),
        ("2017-10-09", "2017-10-08", {"last_day": "The last day is before the first."}),
        ("2017-10-09", "2071-10-13", {"last_day": "That is more than two years. Look at the year again."}),
    ],
)
def test_what_is_wrong_stands_under_its_field(
    office: Office, door: Door, cast: Cast, first: str, last: str, errors: dict[str, str]
) -> None:
    assert sends(door, cast, says(first, last)) == {"response_action": "errors", "errors": errors}
    assert noted(office, cast) == []


def test_taken_back_once_by_whose_it_is_and_by_nobody_else(office: Office, door: Door, cast: Cast) -> None:
    with office.record.writing() as session:
        absence = Absence(here(session, cast.auditor), date(2017, 10, 2), date(2017, 10, 6))
        session.add(absence)
        session.flush()
        number = str(absence.id)
    assert door.said(cast.auditor, "away").split("\n")[1] == "I am back"
    for who, said in [
        (cast.peer, "That was taken back already."),
        (cast.auditor, "Thank you, that is taken back."),
        (cast.auditor, "That was taken back already."),
    ]:
        door.press(who, names.BACK_AT_WORK, number)
        assert door.modal_words == said
    assert noted(office, cast) == []
