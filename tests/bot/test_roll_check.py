"""A roll check in chat: word for word in every state, answered or put right there, and by nobody whose it is not."""

from datetime import date, datetime, time
from typing import Any

import pytest

from bot import names
from programme.absences import Absence
from programme.calendar import at_london
from programme.notices import Dropped
from programme.people import Person
from programme.refusals import NotFound
from programme.roll_check import Change
from programme.rota import Turn
from programme.ties import Deputy
from scheduler.post.postman import Postman
from scheduler.post.redrawing import Redrawing
from scheduler.sweeps.roll_check import RollChecks
from storage import clock, find, tables
from storage.office import Office
from tests.bot.conftest import Door, words_of
from tests.bot.test_messages import drawn, instead, letter
from tests.cast import Cast, here

NOVEMBER, ASKED, AGAIN, JOINER = "2017-11", "roll_check_asked", "roll_check_asked_again", "joiner_named"
LAST = "Without an answer by Wednesday 1 November last month's list stands, marked as not confirmed."
WHOSE = "*The list of Help and Protection for November 2017*"


def on(day: int, hour: time = time(9), month: int = 10) -> datetime:
    return at_london(date(2017, month, day), hour)


def goes_on_to(office: Office, day: int, hour: time = time(9), month: int = 10) -> None:
    with office.record.writing() as session:
        clock.set_to(session, on(day, hour, month))
    RollChecks(office).sweep()


@pytest.fixture
def ref(office: Office, cast: Cast, door: Door) -> str:
    """The Head of Service has been asked, on Wednesday 18 October, whether November's list is right."""
    assert door.twin.url
    goes_on_to(office, 18)
    with office.record.reading() as session:
        service = here(session, cast.head_of_service).service
        assert service is not None
        return find.roll_checks.of_service(session, NOVEMBER, service.id or 0).ref


def says(change: Change | str, who: Person | None = None, **given: str) -> dict[str, Any]:
    """What the modal that changes the list is filled in with."""
    filled: dict[str, Any] = {names.WHAT_FIELD: {"selected_option": {"value": str(change)}}}
    if who is not None:
        filled[names.WHO_FIELD] = {"selected_option": {"value": who.email}}
    for name, value in given.items():
        filled[name] = {"selected_date" if name.endswith("day") else "value": value}
    return {name: {name: value} for name, value in filled.items()}


def changed(door: Door, by: Person, ref: str, said: dict[str, Any]) -> dict[str, Any]:
    door.press(by, names.CHANGE_LIST, ref)
    answer: dict[str, Any] = door.submit(by, said).get_json()
    return answer


def as_told(answer: dict[str, Any]) -> str:
    return words_of(answer["view"]["blocks"])


def listed(office: Office, door: Door, cast: Cast) -> list[str]:
    """The lines of the list as it stands in the message."""
    return [line for line in letter(office, door, ASKED, cast.head_of_service)[1] if line.count(",") > 1]


def people(office: Office, cast: Cast) -> list[tuple[date | None, list[tuple[date, date]]]]:
    """The auditor's and the peer's last day, and when they are not at work."""
    with office.record.reading() as session:
        ids = [here(session, who).id or 0 for who in (cast.auditor, cast.peer)]
        return [
            (person.ends, [(each.first_day, each.last_day) for each in person.absences])
            for person in find.people.with_absences(session, ids)
        ]


def test_the_question_with_the_whole_list(office: Office, door: Door, cast: Cast, ref: str) -> None:
    assert ref.startswith("ROLL-2017-11-")
    assert letter(office, door, ASKED, cast.head_of_service) == (
        "Is your list of people still right?",
        [
            "*Is this list still right?* It is who is foreseen for November 2017 from Help and Protection.",
            "Asha Thornbury, Orchard, Rowan",
            "Kofi Lindqvist, Harbour, Linden",
            "Maren Castellane, no team, no group",
            "All correct",
            "Change it",
            f"{LAST} Whoever stands in for you can answer too.",
        ],
    )


@pytest.mark.usefixtures("ref")
def test_who_is_away_is_said_and_why_is_not(office: Office, door: Door, cast: Cast) -> None:
    with office.record.writing() as session:
        session.add(Absence(here(session, cast.auditor), date(2017, 10, 20), date(2017, 11, 30)))
        session.add(Absence(here(session, cast.peer), date(2017, 11, 2), date(2017, 11, 2)))
    assert listed(office, door, cast)[:2] == [
        "Asha Thornbury, Orchard, Rowan, not at work",
        "Kofi Lindqvist, Harbour, Linden, not at work for some of it",
    ]


def test_all_correct(office: Office, door: Door, cast: Cast, ref: str) -> None:
    door.press(cast.head_of_service, names.ALL_CORRECT, ref)
    assert door.modal_words == "Thank you. The list for November 2017 is confirmed."
    assert instead(office, door, ASKED, cast.head_of_service) == (
        "answered",
        [f"{WHOSE} is confirmed, thank you: Maren Castellane, Wednesday 18 October."],
    )
    door.press(cast.head_of_service, names.ALL_CORRECT, ref)
    assert door.modal_words == "Maren Castellane has confirmed this list already, on Wednesday 18 October."


def test_where_it_was_sent_it_is_drawn_again(office: Office, door: Door, cast: Cast, ref: str) -> None:
    Postman(office, door.bot.render, door.bot.send, "w").deliver_until_empty()
    changed(door, cast.head_of_service, ref, says(Change.MOVED_ON, cast.auditor, last_day="2017-10-31"))
    goes_on_to(office, 18, time(20))
    Redrawing(office, door.bot.render, door.bot.redraw).sweep()
    [message] = door.twin.sent_to("UMAREN")
    assert "Asha Thornbury" not in words_of(message["blocks"])
    door.press(cast.head_of_service, names.ALL_CORRECT, ref)
    Redrawing(office, door.bot.render, door.bot.redraw).sweep()
    [message] = door.twin.sent_to("UMAREN")
    assert words_of(message["blocks"]).endswith("is confirmed, thank you: Maren Castellane, Wednesday 18 October.")


def test_somebody_has_moved_on(office: Office, door: Door, cast: Cast, ref: str) -> None:
    with office.record.writing() as session:
        session.add(Turn(here(session, cast.auditor), "2017-12"))
    said = changed(door, cast.head_of_service, ref, says(Change.MOVED_ON, cast.auditor, last_day="2017-10-31"))
    assert as_told(said) == "Thank you, that is changed. When the list is right, press All correct."
    assert people(office, cast)[0][0] == date(2017, 10, 31)
    assert listed(office, door, cast) == ["Kofi Lindqvist, Harbour, Linden", "Maren Castellane, no team, no group"]
    with office.record.reading() as session:
        assert [turn.person.email for turn in find.turns.of_months(session, ["2017-12"])] == []


def test_somebody_is_away_and_is_back_again(office: Office, door: Door, cast: Cast, ref: str) -> None:
    head = cast.head_of_service
    changed(door, head, ref, says(Change.AWAY, cast.peer, first_day="2017-11-06", last_day="2017-11-30"))
    assert people(office, cast)[1][1] == [(date(2017, 11, 6), date(2017, 11, 30))]
    changed(door, head, ref, says(Change.BACK, cast.peer, first_day="2017-11-13"))
    assert people(office, cast)[1][1] == [(date(2017, 11, 6), date(2017, 11, 12))]
    changed(door, head, ref, says(Change.BACK, cast.peer, first_day="2017-11-06"))
    assert people(office, cast)[1][1] == []


def test_somebody_has_joined(office: Office, door: Door, cast: Cast, ref: str) -> None:
    said = says(Change.JOINED, name="Priya <b> Ashworth", email="Priya@Example.org")
    assert as_told(changed(door, cast.head_of_service, ref, said)) == (
        "Thank you. The administrator is asked to bring them onto the list."
    )
    changed(door, cast.head_of_service, ref, said)
    assert letter(office, door, JOINER, cast.administrator) == (
        "Somebody has joined a service",
        [
            "*Help and Protection says that somebody has joined* and asks you to bring them onto the list.",
            "Priya &lt;b&gt; Ashworth, priya@example.org",
            "Sign in to the pages",
        ],
    )
    with office.record.writing() as session:
        assert len(find.notices.of_kind(session, JOINER)) == 1
        session.add(Person("priya@example.org", "Priya Ashworth"))
    assert instead(office, door, JOINER, cast.administrator) == (
        "on the list by now",
        ["*Who has joined Help and Protection* is on the list now. Thank you."],
    )


WRONG: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "no kind": ({"change": "other"}, {"what": "Choose what is not right."}),
    "nobody": ({"change": Change.MOVED_ON, "last_day": "2017-10-31"}, {"who": "Choose who it is."}),
    "no last day": ({"change": Change.MOVED_ON, "who": "asha"}, {"last_day": "Choose their last day."}),
    "no first day": ({"change": Change.AWAY, "who": "asha"}, {"first_day": "Choose the first day."}),
    "ends before it begins": (
        {"change": Change.AWAY, "who": "asha", "first_day": "2017-11-06", "last_day": "2017-11-03"},
        {"last_day": "The last day is before the first."},
    ),
    "not away at all": (
        {"change": Change.BACK, "who": "asha", "first_day": "2017-11-06"},
        {"first_day": "Asha Thornbury is not noted as away on Monday 6 November."},
    ),
    "no name": ({"change": Change.JOINED, "email": "a@example.org"}, {"name": "Write the name of who has joined."}),
    "no address": (
        {"change": Change.JOINED, "name": "Priya", "email": "priya at work"},
        {"email": "Write their e-mail address, like name@example.org."},
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_stands_under_its_field(office: Office, door: Door, cast: Cast, ref: str, name: str) -> None:
    given, errors = WRONG[name]
    filled = dict(given)
    who = cast.auditor if filled.pop("who", "") else None
    answer = changed(door, cast.head_of_service, ref, says(filled.pop("change"), who, **filled))
    assert answer["errors"] == errors
    assert people(office, cast) == [(None, []), (None, [])]


def test_only_those_of_the_list_can_be_changed(office: Office, door: Door, cast: Cast, ref: str) -> None:
    said = says(Change.MOVED_ON, cast.team_manager, last_day="2017-10-31")
    assert changed(door, cast.head_of_service, ref, said)["errors"] == {"who": "Choose who it is."}
    with office.record.reading() as session:
        assert here(session, cast.team_manager).ends is None


@pytest.mark.parametrize("name", ["auditor", "peer", "outsider", "childs_head_of_service"])
def test_whose_it_is_not_changes_nothing(office: Office, door: Door, cast: Cast, ref: str, name: str) -> None:
    other: Person = getattr(cast, name)
    for action in (names.ALL_CORRECT, names.CHANGE_LIST):
        door.press(other, action, ref)
        assert door.modal_words == "The Head of Service says whether this list is right."
    door.press(other, names.ALL_CORRECT, "ROLL-2017-11-x")
    assert door.modal_words == "We cannot find that list. Type /audit to see what is yours."
    with office.record.reading() as session:
        assert find.roll_checks.by_ref(session, ref).answered_at is None


@pytest.mark.parametrize("name", ["peer", "administrator"])
def test_a_stand_in_answers_and_both_names_are_kept(
    office: Office, door: Door, cast: Cast, ref: str, name: str
) -> None:
    stand_in: Person = getattr(cast, name)
    if name == "peer":
        with office.record.writing() as session:
            head = here(session, cast.head_of_service)
            session.add(Deputy(head, here(session, stand_in), date(2017, 10, 18), date(2017, 10, 18)))
    door.press(stand_in, names.ALL_CORRECT, ref)
    with office.record.reading() as session:
        check = find.roll_checks.by_ref(session, ref)
        assert (check.head.email, check.answered_by and check.answered_by.email) == (
            cast.head_of_service.email,
            stand_in.email,
        )
        history, head = tables.history.c, here(session, cast.head_of_service)
        [entry] = session.execute(tables.history.select().where(history.kind == "roll_confirmed")).all()
        assert (entry.by_id, entry.for_id) == (here(session, stand_in).id, head.id)


def test_without_an_answer_the_list_stands_not_confirmed(office: Office, door: Door, cast: Cast, ref: str) -> None:
    goes_on_to(office, 23)
    assert letter(office, door, AGAIN, cast.head_of_service)[0] == "Is your list of people still right?"
    goes_on_to(office, 1, month=11)
    for kind in (ASKED, AGAIN):
        assert instead(office, door, kind, cast.head_of_service) == (
            "the month has begun",
            [f"{WHOSE} was not confirmed: last month's stands. Tell the administrator what has changed."],
        )
    door.press(cast.head_of_service, names.ALL_CORRECT, ref)
    assert door.modal_words == ("November 2017 has begun, so the list stands. Tell the administrator what has changed.")


@pytest.mark.usefixtures("ref")
def test_it_waits_for_the_hours_of_a_working_day_and_for_its_reader(office: Office, door: Door, cast: Cast) -> None:
    with office.record.writing() as session:
        clock.set_to(session, on(18, time(17)))
    assert drawn(office, door, ASKED, cast.head_of_service) == Dropped("not now", until=on(19))
    with office.record.writing() as session:
        clock.set_to(session, on(19))
        session.add(Absence(here(session, cast.head_of_service), date(2017, 10, 19), date(2017, 10, 19)))
    assert drawn(office, door, ASKED, cast.head_of_service) == Dropped("not now", until=on(20))


def test_a_list_that_is_none(office: Office) -> None:
    with office.record.reading() as session, pytest.raises(NotFound):
        find.roll_checks.by_ref(session, "ROLL")
