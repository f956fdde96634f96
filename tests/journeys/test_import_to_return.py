"""From the first file to the first return: the whole product, as people use it.

An administrator brings in people, tool and frame, opens October, draws and allocates, and gives out in chat. An auditor
opens the form from the message, fills it in in a browser, and gets a receipt. The board shows it.
"""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from demo.chat import Member
from tests.databases import Databases, Kind
from tests.journeys import form
from tests.journeys.browser import chromium, picture
from tests.journeys.chat import Chat, Somebody, buttons
from tests.journeys.running import BOROUGH, House, house

ADMINISTRATOR = "odette.marchbanks@fernleigh.example"
MONTH = "2017-10"


def members() -> list[Member]:
    with (BOROUGH / "people.csv").open(encoding="utf-8") as file:
        return [Member(row["name"], row["email"]) for row in csv.DictReader(file)]


@pytest.fixture
def running(databases: Databases, database_kind: Kind, tmp_path: Path) -> Iterator[House]:
    with databases.lent(database_kind) as url, house(tmp_path, url, members()) as running:
        yield running


def prepared(running: House) -> None:
    """Everything up to the allocation; the first file as the administrator brings it, by a process of its own."""
    me = ("--as", ADMINISTRATOR)
    running.flask_here("demo", "clock", "2017-10-02T09:00")
    assert running.flask("people", "import", str(BOROUGH / "people.csv"), *me).startswith(
        "90 people taken in, 90 of them new or changed."
    )
    running.flask_here("tool", "import", str(BOROUGH / "tool-2017-10.toml"), *me)
    running.flask_here("cases", "import", str(BOROUGH / "cases-2017-10.csv"), "--round", MONTH, *me)
    running.flask_here("round", "open", MONTH, "--theme", "Safeguarding and planning", "--group", "Rowan", *me)
    running.flask_here("round", "sample", MONTH, "--size", "20", "--seed", "1710", *me)


def test_from_the_first_file_to_the_first_return(running: House) -> None:
    prepared(running)
    running.tools.office.record.close()
    running.start_pages()
    running.start_worker()
    with Chat(running.chat) as chat:
        give_out_in_chat(chat, somebody(chat, ADMINISTRATOR))
        given = rows(running)
        assert {row["state"] for row in given} == {"out"}
        first = given[0]
        auditor = somebody(chat, first["holder"])
        message = auditor.message("audit is ready for you")
        assert (first["case"] in json.dumps(message["blocks"]), first["case"] in message["text"]) == (True, False)

        auditor.press("Open the form", message)
        return_in_the_browser(link_in(auditor.modal()), first, name=running.database_url[:6])
        assert first["ref"] in json.dumps(auditor.message("has arrived")["blocks"])
        assert [row["ref"] for row in rows(running) if row["state"] == "returned_in_time"] == [first["ref"]]
        of_audits = [[each["text"] for each in somebody(chat, row["holder"]).direct_messages()] for row in given]
        each_got = [sum("speak first" not in text for text in texts) for texts in of_audits]
        assert each_got == [2] + [1] * (len(given) - 1)


def rows(running: House) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = json.loads(running.flask("round", "show", MONTH, "--json"))
    return shown


def somebody(chat: Chat, email: str) -> Somebody:
    return chat.be(next(member for member in chat.workspace.members if member.email == email))


def return_in_the_browser(address: str, first: dict[str, Any], *, name: str) -> None:
    """By the link from chat: sign in, send too early, read what is missing, fill it in, send."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(address)
        form.go_on(page, "Sign in")
        expect(page).to_have_title(re.compile(f"Audit of {first['case']}"))
        form.skip_to_the_end(page)
        form.go_on(page, "Send")
        expect(page).to_have_title(re.compile("Error: "))
        picture(page, f"form-{name}")
        form.mend(page, "Say whether you have had any part")
        page.goto(page.url.partition("/check")[0])
        form.fill_in(page)
        picture(page, f"check-{name}")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("heading", name="Your audit has arrived")).to_be_visible()
        picture(page, f"arrived-{name}")


def give_out_in_chat(chat: Chat, administrator: Somebody, many: int = 20) -> None:
    """Wait to be known, allocate in a modal, give out by a button."""
    answer = chat.wait_for(lambda: known(administrator), "the bot knowing the administrator")
    administrator.press("Allocate", answer)
    assert f"{many} can be placed" in json.dumps(administrator.modal())
    administrator.submit()
    chat.wait_for(lambda: f"{many} allocated" in json.dumps(chat.modals), "the allocation")
    administrator.press(f"Give out {many}", administrator.command("round"))
    chat.wait_for(lambda: f"{many} given out" in json.dumps(chat.modals), "the giving out")


def known(administrator: Somebody) -> dict[str, Any] | None:
    """The month's state, once the worker has introduced everybody."""
    answer = administrator.command("round")
    return answer if answer.get("blocks") else None


def link_in(modal: dict[str, Any]) -> str:
    [address] = [str(each["url"]) for each in buttons(modal["blocks"]) if "url" in each]
    return address


def test_a_command_and_a_button_by_socket_mode(databases: Databases, tmp_path: Path) -> None:
    with databases.lent("sqlite") as url, house(tmp_path, url, members(), socket_mode=True) as running:
        prepared(running)
        running.flask_here("round", "allocate", MONTH, "--apply", "--as", ADMINISTRATOR)
        running.tools.office.record.close()
        running.start_worker()
        running.start_socket()
        with Chat(running.chat) as chat:
            administrator = somebody(chat, ADMINISTRATOR)
            answer = chat.wait_for(lambda: answered_by_socket(chat, administrator), "an answer by Socket Mode")
            administrator.press("Give out 20", answer)
            chat.wait_for(lambda: "20 given out" in json.dumps(chat.modals), "the giving out")


def answered_by_socket(chat: Chat, administrator: Somebody) -> dict[str, Any] | None:
    """Type until the socket is open; before that the workspace has nobody to ask."""
    chat.say(
        t="slash_command",
        appId="A0AUDITLOOP",
        channel="C0PRACTICE",
        user=administrator.member.id,
        command="/audit",
        text="round",
    )
    chat.listen()
    return next((each for each in administrator.private_answers() if each.get("blocks")), None)
