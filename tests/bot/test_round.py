"""The month in chat, for those who run it: its state, the preview, allocating as one unit, giving out."""

from collections.abc import Callable

import pytest

from bot import names
from programme.absences import Absence
from programme.people import Person
from programme.words import AllocationState
from storage import find
from storage.office import Office
from tests.bot.conftest import Door, slack_id, words_of
from tests.bot.test_buttons import NOT_IN_POST
from tests.cast import MONTH, NOW, Cast, here
from tests.twins import signing

REFUSED = "The administrator and the Head of Quality run the month. Type /audit to see what is yours."
JoinedAs = Callable[[str], Person]


def states(office: Office) -> list[tuple[str, AllocationState]]:
    with office.record.reading() as session:
        every = find.allocations.of_round(session, find.rounds.of_month(session, MONTH))
        return [(each.ref, each.state) for each in every]


def told(office: Office) -> list[str]:
    """Who was sent the word that a child's record is theirs."""
    with office.record.reading() as session:
        return [notice.person.email for notice in find.notices.of_kind(session, "case_given_out")]


GIVEN_OUT = [("AUD-2017-10-01", AllocationState.OUT), ("AUD-2017-10-02", AllocationState.OUT)]


@pytest.mark.usefixtures("two_more_drawn")
def test_the_state_of_the_month(door: Door, cast: Cast) -> None:
    assert door.said(cast.administrator, "round").split("\n") == [
        "October 2017: Fathers",
        "4 of 4 children's records drawn; the target is 30. *26 short of the target.*",
        "2 without an auditor · 0 allocated and not yet given out",
        "2 given out · 0 returned · 2 still out",
        "Due Friday 13 October. Moderation Friday 20 October.",
        "Allocate",
    ]


def test_the_state_of_the_month_where_nothing_is_to_do(door: Door, cast: Cast) -> None:
    assert door.said(cast.head_of_quality, "round").split("\n")[-1] == "Nothing is waiting for you here."


@pytest.mark.usefixtures("two_more_drawn")
def test_who_leads_the_month_sees_its_state_but_no_buttons(door: Door, cast: Cast) -> None:
    assert door.said(cast.head_of_service, "status").split("\n")[-1].startswith("Due Friday 13 October.")
    assert door.said(cast.head_of_service, "round") == REFUSED


@pytest.mark.usefixtures("two_more_drawn")
def test_the_preview_names_who_gets_what_and_what_cannot_be_placed(door: Door, cast: Cast, joined: JoinedAs) -> None:
    joined("Ines Halloran")
    door.press(cast.administrator, names.ALLOCATE, MONTH)
    assert door.modal_words.split("\n") == [
        "1 can be placed. They are allocated together, and given out later.",
        (
            "*MDW-0602* not placed: 2 children's records (MDW-0601, MDW-0602) can only go to Ines Halloran, who can"
            " take 1. It could be placed if Ines Halloran took two, or with one more auditor of another service."
        ),
        "*MDW-0601* → Ines Halloran: another service, no tie to the child's team",
    ]
    assert door.modal["submit"]["text"] == "Allocate 1"


@pytest.mark.usefixtures("two_more_drawn")
def test_a_preview_of_nothing_cannot_be_sent(door: Door, cast: Cast) -> None:
    door.press(cast.administrator, names.ALLOCATE, MONTH)
    assert door.modal_words.split("\n") == [
        (
            "*MDW-0601, MDW-0602* not placed: nobody has room for one more."
            " Each could be placed if Asha Thornbury took two, or with one more auditor of another service."
        ),
        "Nothing more can be placed as it is.",
    ]
    assert "submit" not in door.modal


@pytest.mark.usefixtures("two_more_drawn")
def test_allocating_and_giving_out(door: Door, cast: Cast, joined: JoinedAs, office: Office) -> None:
    new = joined("Ines Halloran")
    door.press(cast.administrator, names.ALLOCATE, MONTH)
    answer = door.submit(cast.administrator, {}).get_json()
    assert words_of(answer["view"]["blocks"]) == (
        "1 allocated. Nobody has been told yet: type `/audit round` to give them out."
    )
    assert states(office) == [*GIVEN_OUT, ("AUD-2017-10-03", AllocationState.PLANNED)]
    assert told(office) == [cast.auditor.email, cast.peer.email]

    assert "Give out 1" in door.said(cast.administrator, "round").split("\n")
    door.press(cast.administrator, names.GIVE_OUT, MONTH)
    assert door.modal_words == "1 given out. Each auditor gets one message in the next minute."
    assert states(office) == [*GIVEN_OUT, ("AUD-2017-10-03", AllocationState.OUT)]
    assert told(office) == [cast.auditor.email, cast.peer.email, new.email]


@pytest.mark.usefixtures("two_more_drawn")
def test_app_home_follows_what_is_done(door: Door, cast: Cast, joined: JoinedAs) -> None:
    joined("Ines Halloran")
    labels = [line for line in door.home_of(cast.administrator).split("\n") if line in {"Allocate", "Give out 1"}]
    assert labels == ["Allocate"]
    door.press(cast.administrator, names.ALLOCATE, MONTH)
    door.submit(cast.administrator, {})
    home = door.at_home(slack_id(cast.administrator)).split("\n")
    assert [line for line in home if line in {"Allocate", "Give out 1"}] == ["Allocate", "Give out 1"]
    door.press(cast.administrator, names.GIVE_OUT, MONTH)
    home = door.at_home(slack_id(cast.administrator)).split("\n")
    assert [line for line in home if line in {"Allocate", "Give out 1"}] == ["Allocate"]


@pytest.mark.usefixtures("two_more_drawn")
def test_a_preview_that_is_out_of_date_is_refused_whole(
    door: Door, cast: Cast, joined: JoinedAs, office: Office
) -> None:
    """Two could be placed when it was looked at; since then one of the two is not at work."""
    away, _ = joined("Ines Halloran"), joined("Rafael Oduya")
    door.press(cast.administrator, names.ALLOCATE, MONTH)
    seen = door.modal
    with office.record.writing() as session:
        of = find.rounds.of_month(session, MONTH)
        session.add(Absence(here(session, away), NOW.date(), of.due_on or NOW.date()))
    answer = door.send(signing.submission(slack_id(cast.administrator), seen, {})).get_json()
    assert words_of(answer["view"]["blocks"]) == (
        "Something has changed since you looked at October 2017. Press Allocate again to see how it stands now."
    )
    assert states(office) == GIVEN_OUT


@pytest.mark.usefixtures("two_more_drawn")
def test_what_is_sent_again_does_nothing_again(door: Door, cast: Cast, joined: JoinedAs, office: Office) -> None:
    joined("Ines Halloran")
    door.press(cast.administrator, names.ALLOCATE, MONTH)
    sent = signing.submission(slack_id(cast.administrator), door.modal, {})
    give_out = signing.press(slack_id(cast.administrator), names.GIVE_OUT, MONTH, trigger="spent")
    statuses = {door.send(sent).status_code for _ in range(5)} | {door.send(give_out).status_code for _ in range(5)}
    assert statuses == {200, 401}
    assert len(states(office)) == 3
    assert len(told(office)) == 3


def test_giving_out_nothing_says_so(door: Door, cast: Cast) -> None:
    door.press(cast.administrator, names.GIVE_OUT, MONTH)
    assert door.modal_words == "Everything that is allocated is given out already."


@pytest.mark.usefixtures("two_more_drawn")
@pytest.mark.parametrize("action", [names.ALLOCATE, names.GIVE_OUT])
def test_nobody_else_runs_the_month(door: Door, cast: Cast, joined: JoinedAs, office: Office, action: str) -> None:
    joined("Ines Halloran")
    for person in (cast.auditor, cast.peer, cast.head_of_service, cast.team_manager, cast.outsider):
        door.press(person, action, MONTH)
        assert door.modal_words == REFUSED
    door.send(signing.press("USTRANGER", action, MONTH, trigger=door.twin.trigger()))
    assert door.modal_words.startswith("We do not know this Slack account yet.")
    assert states(office) == GIVEN_OUT


@pytest.mark.usefixtures("two_more_drawn")
def test_a_preview_is_judged_again_when_it_is_sent(door: Door, cast: Cast, joined: JoinedAs, office: Office) -> None:
    joined("Ines Halloran")
    door.press(cast.administrator, names.ALLOCATE, MONTH)
    answer = door.submit(cast.head_of_service, {}).get_json()
    assert words_of(answer["view"]["blocks"]) == REFUSED
    with office.record.writing() as session:
        here(session, cast.administrator).ends = NOW.date().replace(day=1)
    answer = door.submit(cast.administrator, {}).get_json()
    assert words_of(answer["view"]["blocks"]) == NOT_IN_POST
    assert states(office) == GIVEN_OUT


def test_no_round_is_open(door: Door, cast: Cast, office: Office) -> None:
    with office.record.writing() as session:
        find.rounds.of_month(session, MONTH).imported = True
    assert door.said(cast.head_of_service, "status") == "No round is open."
    assert door.said(cast.administrator, "round") == (
        "No round is open. Open one on the server: `flask round open YYYY-MM --theme … --group …`"
    )
