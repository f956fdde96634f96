"""What was typed is kept at every move, for its holder only; and what is in can be changed until it is read."""

import re

import pytest

from programme.words import AllocationState, Grade
from storage import find
from storage.office import Office
from tests.cast import Cast, here
from tests.forms.filling import RIGHT, address, errors_of, fill_in, parts, post, returned, send
from tests.moderated import pair, read_by
from tests.web.conftest import Browser


@pytest.mark.parametrize(
    ("pressed", "leads_to"),
    [("next", "core"), ("back", "about"), ("later", "later"), ("voices", "voices"), ("check", "check"), ("?", "core")],
)
def test_every_button_keeps_what_is_typed(browser: Browser, cast: Cast, pressed: str, leads_to: str) -> None:
    client = browser(cast.auditor)
    answer = post(client, cast, "strengths", {"strengths": "She is known well."}, go=pressed)
    assert (answer.status_code, answer.location) == (303, address(cast, leads_to))
    assert "She is known well." in client.get(address(cast, "strengths")).text


def drafted(office: Office, cast: Cast) -> dict[str, str]:
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, cast.allocation.ref)
        draft = find.drafts.of(session, audit, here(session, cast.auditor))
    return draft.fields if draft else {}


def test_going_back_and_forth_loses_nothing_and_takes_away_what_was_taken_away(
    browser: Browser, office: Office, cast: Cast
) -> None:
    client = browser(cast.auditor)
    fill_in(client, cast, RIGHT)
    before = drafted(office, cast)
    for part in parts(cast):
        page = client.get(address(cast, part.name)).text
        assert [said for name, said in RIGHT.items() if name in part.fields and said not in page] == []
        post(client, cast, part.name, {name: said for name, said in RIGHT.items() if name in part.fields}, go="back")
    assert drafted(office, cast) == before
    post(client, cast, "actions", {"action_1.step": "Write to the nursery."})
    page = client.get(address(cast, "actions")).text
    assert ["Write to the nursery." in page, "The letter is on" in page, 'value="drift_or_delay" checked' in page] == [
        True,
        False,
        False,
    ]


def test_the_link_leads_back_to_where_it_is_not_finished(browser: Browser, cast: Cast) -> None:
    client = browser(cast.auditor)
    assert "Part 1 of 8. About 12 minutes left." in client.get(address(cast)).text
    post(client, cast, "about", {"part_in_case": "no"})
    assert client.get(address(cast)).location == address(cast, "strengths")
    fill_in(client, cast, RIGHT)
    assert client.get(address(cast)).location == address(cast, "check")
    assert "Part 3 of 8. Everything needed is answered." in client.get(address(cast, "core")).text


def test_the_new_holder_after_a_swap_starts_empty(browser: Browser, office: Office, cast: Cast) -> None:
    post(browser(cast.auditor), cast, "strengths", {"strengths": "Only for me."})
    with office.record.writing() as session:
        audit = find.allocations.by_ref(session, cast.allocation.ref)
        audit.hand_over_to(here(session, cast.peer))
        token = audit.token
    page = browser(cast.peer).get(f"/returns/{token}/strengths")
    assert (page.status_code, "Only for me." in page.text) == (200, False)
    assert browser(cast.auditor).get(address(cast, "strengths")).status_code == 404


@pytest.mark.parametrize("awkward", ["\x00", "\ud800"])
def test_a_character_that_cannot_be_kept_is_left_out(browser: Browser, cast: Cast, awkward: str) -> None:
    client = browser(cast.auditor)
    typed = f"She is {awkward}known.".encode(errors="surrogatepass")
    answer = client.post(address(cast, "strengths"), data={"part": "strengths", "strengths": typed})
    assert answer.status_code == 303
    assert re.search(r"She is \S*known\.", client.get(address(cast, "strengths")).text)


def test_too_much_for_one_form_is_said_and_nothing_before_it_is_lost(browser: Browser, cast: Cast) -> None:
    client = browser(cast.auditor)
    post(client, cast, "strengths", {"strengths": "She is known well."})
    answer = post(client, cast, "overall", {"overall": "2", "impact": "x" * 270_000})
    assert (answer.status_code, errors_of(answer.text)) == (
        422,
        ["This is more than one form can keep. Nothing on this page is saved yet: make this answer shorter."],
    )
    assert "x" * 270_000 in answer.text
    assert "She is known well." in client.get(address(cast, "strengths")).text


def test_later_says_what_is_left(browser: Browser, cast: Cast) -> None:
    client = browser(cast.auditor)
    assert "You have not written anything yet." in client.get(address(cast, "later")).text
    fill_in(client, cast, {name: said for name, said in RIGHT.items() if name != "impact"})
    page = client.get(address(cast, "later")).text
    assert "About 1 minute of writing is left." in page


def test_what_is_in_can_be_changed_and_what_arrived_counts_meanwhile(
    browser: Browser, office: Office, cast: Cast
) -> None:
    client = browser(cast.auditor)
    returned(client, cast)
    assert "Change your answers" in client.get(address(cast)).text
    assert client.post(address(cast), data={"change": "yes"}).location == address(cast, "check")
    page = client.get(address(cast, "overall")).text
    assert ["Home is calmer." in page, 'value="1.5" checked' in page] == [True, True]
    post(client, cast, "overall", {"overall": "2", "impact": "Home is much calmer."})
    assert overall_of(office, cast) == (Grade.NEARLY_GOOD, 1)
    receipt = client.get(address(cast)).text
    assert ["Go on changing your answers" in receipt, "the ones that arrived count" in receipt] == [True, True]
    assert send(client, cast).location == address(cast)
    assert overall_of(office, cast) == (Grade.GOOD, 2)
    assert "What counts is version 2" in client.get(address(cast)).text


def overall_of(office: Office, cast: Cast) -> tuple[Grade | None, int]:
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, cast.allocation.ref)
        made = find.submissions.return_of(session, audit)
    assert (audit.state, made is not None) == (AllocationState.RETURNED_IN_TIME, True)
    assert made is not None
    return made.overall, made.version


def test_a_day_comes_back_in_its_three_boxes(browser: Browser, cast: Cast) -> None:
    client = browser(cast.auditor)
    due = {"action_1.due.day": "31", "action_1.due.month": "10", "action_1.due.year": "2017"}
    fill_in(client, cast, RIGHT)
    action = {name: said for name, said in RIGHT.items() if name.startswith("action_")}
    post(client, cast, "actions", action | due)
    assert "Tuesday 31 October 2017" in client.get(address(cast, "check")).text
    assert send(client, cast).status_code == 303
    client.post(address(cast), data={"change": "yes"})
    page = client.get(address(cast, "actions")).text
    assert [f'name="{name}" type="text" value="{said}"' in page for name, said in due.items()] == [True] * 3


def test_changes_begun_before_moderation_are_held_and_not_lost(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    returned(client, cast)
    client.post(address(cast), data={"change": "yes"})
    post(client, cast, "overall", {"overall": "2", "impact": "Home is much calmer."})
    read_by(office, *pair(office, cast)[:1])
    receipt = client.get(address(cast)).text
    assert "the administrator decides whether they count" in receipt
    answer = send(client, cast)
    assert (answer.status_code, "Moderation of this audit has begun." in answer.text) == (409, True)
    assert overall_of(office, cast) == (Grade.NEARLY_GOOD, 1)
    with office.record.reading() as session:
        [held] = find.submissions.held(session)
    assert held.fields["impact"] == "Home is much calmer."
    assert (f'href="/held/{held.ref}"' in answer.text, client.get(f"/held/{held.ref}").status_code) == (True, 200)
    assert "Home is much calmer." in client.get(address(cast, "overall")).text


def test_once_it_is_read_nothing_more_is_offered(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    returned(client, cast)
    read_by(office, *pair(office, cast)[:1])
    assert "There is nothing more to do for now." in client.get(address(cast)).text
    assert client.post(address(cast), data={"change": "yes"}).location == address(cast)
    assert drafted(office, cast) == {}
