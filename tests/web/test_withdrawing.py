"""The page that takes back a month that was given out by mistake: it says what would be, and asks why."""

from flask import Flask

from programme.words import AllocationState
from storage import find
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import MONTH, Cast
from tests.web.conftest import Browser
from tests.web.served import faults_of, page_of
from tests.web.test_outbox import main, press

pytestmark = ON_ONE_DATABASE

PAGE = f"/rounds/{MONTH}/withdraw"


def out(office: Office) -> int:
    with office.record.reading() as session:
        of = find.rounds.of_month(session, MONTH)
        return len(find.allocations.in_state(session, of, AllocationState.OUT))


def test_it_says_what_would_be_and_needs_a_reason(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.administrator)
    assert f'href="{PAGE}"' in client.get(f"/rounds/{MONTH}").text
    shown = main(client.get(PAGE).text)
    for said in ("2 still out", "AUD-2017-10-01, Asha Thornbury", "AUD-2017-10-02, Kofi Lindqvist", "cannot be undone"):
        assert said in shown
    assert "Say why it is withdrawn." in client.post(PAGE, data={"reason": ""}, follow_redirects=True).text
    assert out(office) == 2


def test_it_is_for_those_who_run_the_month(browser: Browser, office: Office, cast: Cast) -> None:
    for who in (cast.auditor, cast.head_of_service, cast.outsider):
        client = browser(who)
        assert client.get(PAGE).status_code == client.post(PAGE, data={"reason": "So."}).status_code == 404
        assert f'href="{PAGE}"' not in client.get(f"/rounds/{MONTH}").text
    assert out(office) == 2


def test_it_works_by_keyboard_on_a_phone_and_then_there_is_nothing_left(
    app: Flask, browser: Browser, office: Office, cast: Cast
) -> None:
    client = browser(cast.administrator)
    with page_of(app, client, width=320) as page:
        page.goto(PAGE)
        found = faults_of(page)
        page.get_by_label("Why is it withdrawn?").focus()
        page.keyboard.type("The list was last month's.")
        press(page, "Withdraw October 2017")
        page.get_by_text("2 withdrawn. Whoever had heard of it gets one apology in the next minute.").wait_for()
        page.goto(PAGE)
        assert [*found, *faults_of(page)] == []
    assert (out(office), "There is nothing to withdraw." in main(client.get(PAGE).text)) == (0, True)
    assert f'href="{PAGE}"' not in client.get(f"/rounds/{MONTH}").text
