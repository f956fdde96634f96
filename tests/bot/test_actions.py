"""Actions in chat: what their owner reads and confirms, and what nobody else can."""

from datetime import date
from typing import Any

import pytest

from bot import names
from programme.actions import Action
from programme.calendar import end_of
from programme.facts import ActionRaised, ActionsStarted
from programme.people import Person, RoleHeld
from programme.words import ActionState, Priority, Role
from storage import find, journal
from storage.office import Office
from tests.bot.conftest import Door, words_of
from tests.bot.swapping import first_said, last_said, post
from tests.cast import NOW, Cast, here

REF, AUDIT = "ACT-2017-10-01-1", "AUD-2017-10-01"


def sent(office: Office, cast: Cast, *, many: int = 1, priority: Priority = Priority.STANDARD) -> None:
    """So many actions are the Team Manager's, and the message that says so waits."""
    with office.record.writing() as session:
        audit, owner = find.allocations.by_ref(session, AUDIT), here(session, cast.team_manager)
        for n in range(1, many + 1):
            due = end_of(date(2017, 10, 9))
            made = (f"ACT-2017-10-01-{n}", audit, "Stepcanary", "Measurecanary", priority, due, owner)
            session.add(Action(*made, ActionState.SENT, sent_at=NOW))
        told = (owner,)
        raised = ActionRaised(about=REF, priority=priority, tell=told)
        fact = raised if priority is Priority.URGENT else ActionsStarted(about=AUDIT, tell=told)
        journal.write(session, [fact], by=None, at=NOW)


def said(done: str = "Visited at home and at school.", changed: str = "She sleeps at home again.") -> dict[str, Any]:
    words = {names.DONE_FIELD: {"value": done}, names.CHANGED_FIELD: {"value": changed}}
    words[names.RECORDED_WHERE_FIELD] = {"value": "Case note of 2 October"}
    days = {name: {"selected_date": "2017-10-02"} for name in (names.DONE_ON_FIELD, names.RECORDED_ON_FIELD)}
    return {name: {name: state} for name, state in (words | days).items()}


def filled(**fields: str) -> dict[str, Any]:
    """A modal's fields by their names: days as a date picker sends them, choices as a list does, words as written."""
    days, chosen = {"day", "until", "due_on"}, {"named", "how", "priority", "worth"}
    kinds = {
        name: "selected_date" if name in days else "selected_option" if name in chosen else "value" for name in fields
    }
    values = {name: {"value": value} if kinds[name] == "selected_option" else value for name, value in fields.items()}
    return {name: {name: {kinds[name]: value}} for name, value in values.items()}


def state(office: Office, ref: str = REF) -> ActionState:
    with office.record.reading() as session:
        return find.actions.by_ref(session, ref).state


def deputy(office: Office, cast: Cast) -> Person:
    with office.record.writing() as session:
        person = Person("dee@example.org", "Dee Larkspur", [RoleHeld(Role.DEPUTY_TEAM_MANAGER)], slack_user_id="UDEE")
        person.team = here(session, cast.team_manager).team
        session.add(person)
    return person


def test_an_owner_reads_each_with_its_button_and_none_of_its_words(office: Office, door: Door, cast: Cast) -> None:
    sent(office, cast, many=2)
    post(office, door)
    assert last_said(door, cast.team_manager) == [
        "*2 actions come from an audit of MDW-0417.* Its outcome is agreed. Read both on the pages.",
        *("*ACT-2017-10-01-1*  standard", "Due on Monday 9 October  (MDW-0417)", "Confirm complete", "More…"),
        *("*ACT-2017-10-01-2*  standard", "Due on Monday 9 October  (MDW-0417)", "Confirm complete", "More…"),
        "Acknowledge",
        "Sign in to the pages",
    ]
    assert "canary" not in str(door.twin.messages)


def test_the_owner_sees_the_words_in_the_modal_and_confirms(office: Office, door: Door, cast: Cast) -> None:
    sent(office, cast)
    post(office, door)
    door.press(cast.team_manager, names.CONFIRM_COMPLETE, REF)
    assert door.modal_words.split("\n") == [
        *("*ACT-2017-10-01-1*, MDW-0417", "Stepcanary", "It worked if: Measurecanary", "What was done?", "When?"),
        *("What changed for the child?", "When did it go on the child's record?"),
        "Where does the record show it?",
        "Please write no names: say the child, the mother, the worker.",
    ]
    answer = door.submit(cast.team_manager, said()).get_json()
    assert (
        words_of(answer["view"]["blocks"]) == "Thank you. ACT-2017-10-01-1 is done, and the auditor is told that it is."
    )
    post(office, door)
    done = "*ACT-2017-10-01-1* was confirmed complete on Monday 2 October by Tomasz Ferreday. Thank you."
    assert first_said(door, cast.team_manager) == [done]
    assert last_said(door, cast.auditor) == [
        "*ACT-2017-10-01-1 is done.* Your audit AUD-2017-10-01 asked for it. Thank you."
    ]


def test_what_is_left_stays_open_beside_what_is_done(office: Office, door: Door, cast: Cast) -> None:
    sent(office, cast, many=2)
    post(office, door)
    door.press(cast.team_manager, names.CONFIRM_COMPLETE, REF)
    door.submit(cast.team_manager, said())
    post(office, door)
    assert first_said(door, cast.team_manager)[1:] == [
        *("*ACT-2017-10-01-2*  standard", "Due on Monday 9 October  (MDW-0417)", "Confirm complete", "More…"),
        "*ACT-2017-10-01-1* was confirmed complete on Monday 2 October by Tomasz Ferreday. Thank you.",
        "Acknowledge",
        "Sign in to the pages",
    ]


def test_what_says_nothing_is_shown_under_its_field(office: Office, door: Door, cast: Cast) -> None:
    sent(office, cast)
    door.press(cast.team_manager, names.CONFIRM_COMPLETE, REF)
    answer = door.submit(cast.team_manager, said(done="noted")).get_json()
    assert answer["errors"] == {names.DONE_FIELD: "Say what was done, in a sentence."}
    assert state(office) is ActionState.SENT


def test_nobody_else_opens_or_sends_it(office: Office, door: Door, cast: Cast) -> None:
    sent(office, cast)
    door.press(cast.team_manager, names.CONFIRM_COMPLETE, REF)
    modal = door.modal
    for stranger in cast.everyone:
        if stranger is cast.team_manager:
            continue
        door.press(stranger, names.CONFIRM_COMPLETE, REF)
        refused = "This action is with somebody else. Only its owner or their deputy can confirm it."
        assert door.modal_words == refused
        door.twin.views.append(modal)
        assert words_of(door.submit(stranger, said()).get_json()["view"]["blocks"]) == refused
    assert state(office) is ActionState.SENT


def test_a_deputy_confirms_in_the_owners_place(office: Office, door: Door, cast: Cast) -> None:
    dee = deputy(office, cast)
    sent(office, cast)
    door.press(dee, names.CONFIRM_COMPLETE, REF)
    door.submit(dee, said())
    assert state(office) is ActionState.CONFIRMED


def test_who_moved_team_meanwhile_confirms_nothing(office: Office, door: Door, cast: Cast) -> None:
    dee = deputy(office, cast)
    sent(office, cast)
    door.press(dee, names.CONFIRM_COMPLETE, REF)
    with office.record.writing() as session:
        here(session, dee).team = here(session, cast.peer).team
    door.submit(dee, said())
    assert state(office) is ActionState.SENT


def test_sent_twice_the_second_reads_who_was_first(office: Office, door: Door, cast: Cast) -> None:
    sent(office, cast)
    door.press(cast.team_manager, names.CONFIRM_COMPLETE, REF)
    door.submit(cast.team_manager, said())
    answer = door.submit(cast.team_manager, said()).get_json()
    assert words_of(answer["view"]["blocks"]) == "Confirmed on Monday 2 October by Tomasz Ferreday. Thank you."


def test_an_urgent_one_has_the_button_too(office: Office, door: Door, cast: Cast) -> None:
    sent(office, cast, priority=Priority.URGENT)
    post(office, door)
    assert last_said(door, cast.team_manager) == [
        "*An audit asks you to act this week.* Sign in to read what is asked.",
        *("*ACT-2017-10-01-1*  urgent", "Due on Monday 9 October  (MDW-0417)", "Confirm complete", "More…"),
        "Acknowledge",
        "Sign in to the pages",
    ]


def test_the_word_lists_mine(office: Office, door: Door, cast: Cast) -> None:
    nothing = (
        "You have no open action. When an audit asks something of you, a message comes here.\nSign in to the pages"
    )
    assert door.said(cast.team_manager, "actions") == nothing
    sent(office, cast)
    assert door.said(cast.team_manager, "actions").split("\n")[0] == "*ACT-2017-10-01-1*  standard"
    assert door.said(cast.auditor, "actions") == nothing


@pytest.mark.parametrize("who", ["auditor", "outsider", "peer"])
def test_home_shows_nobody_elses(office: Office, door: Door, cast: Cast, who: str) -> None:
    sent(office, cast)
    assert "ACT-" not in door.home_of(getattr(cast, who))
