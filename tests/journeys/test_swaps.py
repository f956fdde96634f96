"""Every way a swap can go, as people play it in chat: by HTTP events on one database and by Socket Mode on the other.

One house and one month for each. Each way has an audit of its own and people nobody has asked before; at the end
everybody has had exactly the messages they should have had.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot import names
from programme.allocations import Allocation
from tests.databases import Databases, Kind
from tests.journeys.browser import chromium
from tests.journeys.chat import Chat, Somebody
from tests.journeys.month import MONTH
from tests.journeys.running import BOROUGH, house
from tests.journeys.swapping import READY, Swapping, chosen, everybody, listed, words_of
from tests.journeys.swaps_helped import (
    all_declined,
    approved,
    arranged,
    away,
    helped,
    nobody_answered,
    not_approved,
)
from tests.journeys.test_import_to_return import ADMINISTRATOR, link_in, members

QUALITY = "bronagh.tierney@fernleigh.example"
SOCIAL_WORKER = "kofi.amankwah@fernleigh.example"
MANY = 11

BY_HTTP_AND_BY_SOCKET = pytest.mark.parametrize(
    ("socket_mode", "database_kind"), [(False, "sqlite"), (True, "postgresql")], ids=["http", "socket"]
)


@pytest.fixture
def october(databases: Databases, database_kind: Kind, tmp_path: Path, *, socket_mode: bool) -> Iterator[Swapping]:
    """October is out, and pages, worker and chat run."""
    with (
        databases.lent(database_kind) as url,
        house(tmp_path, url, members(), socket_mode=socket_mode) as running,
        Chat(running.chat) as chat,
        chromium() as browser,
    ):
        month = Swapping(running, chat, browser)
        me = ("--as", ADMINISTRATOR)
        month.flask("demo", "clock", "2017-10-02T09:00")
        month.flask("people", "import", str(BOROUGH / "people.csv"), *me)
        month.flask("tool", "import", str(BOROUGH / "tool-2017-10.toml"), *me)
        month.flask("cases", "import", str(BOROUGH / "cases-2017-10.csv"), "--round", MONTH, *me)
        month.flask("round", "open", MONTH, "--theme", "Safeguarding and planning", "--group", "Rowan", *me)
        month.flask("round", "sample", MONTH, "--size", str(MANY), "--seed", "1710", *me)
        month.flask("round", "allocate", MONTH, "--apply", *me)
        month.flask("round", "distribute", MONTH, *me)
        running.start_listening()
        running.start_worker().wait_until(month.nothing_waits)
        yield month
        month.tools.office.record.close()


@BY_HTTP_AND_BY_SOCKET
def test_every_way_a_swap_can_go(october: Swapping) -> None:
    given_out(october)
    without_a_duty(october)
    two_are_asked(october)
    everybody_is_asked(october)
    nobody_can_be_asked(october, covered(october))
    exchanged(october)
    taken_back(october)
    undone(october)
    helped(october, all_declined(october))
    away(october)
    arranged(october, nobody_answered(october))
    october.house.change_policy("[swaps]\napproval = true")
    approved(october)
    not_approved(october)
    october.all_sent()
    pictures(october)
    assert october.heard() == october.expected
    stand = october.messages()
    october.chat.wait_for(lambda: october.in_chat() == stand, "every message that was sent, once")


def pictures(october: Swapping) -> None:
    """What stands in chat and at home in the end, by role."""
    home = {"administrator": ADMINISTRATOR, "quality": QUALITY, "worker": SOCIAL_WORKER}
    for role, email in home.items():
        october.somebody(email).home()
        october.gallery.home(october.somebody(email), role)
    for email in (
        ADMINISTRATOR,
        *sorted(october.asked)[:4],
        *(each.holder.email for each in october.audits() if each.holder),
    ):
        october.gallery.messages(october.somebody(email), "messages")


def given_out(october: Swapping) -> None:
    october.untouched = october.audits()
    assert len(october.untouched) == MANY
    holders = [october.holder(audit) for audit in october.untouched]
    for each in holders:
        each.message(READY)
    near = [who.email for each in october.untouched for who in (each.case.social_worker, each.case.team_manager) if who]
    october.expect(*(each.member.email for each in holders), kind="case_given_out")
    october.expect(*near, kind="record_chosen")
    october.expect(ADMINISTRATOR, QUALITY, kind="month_may_fall_short")


def without_a_duty(october: Swapping) -> None:
    """Said at once; an auditor can offer to take one instead."""
    answer = october.somebody(SOCIAL_WORKER).command("swap")
    assert answer["text"] == "You have no audit this month, so there is nothing to swap."
    free = october.somebody(listed(october.opened(october.holder(october.untouched[0])))[0][0])
    answer = free.command("swap")
    assert "You have no audit this month, so there is nothing to swap." in words_of(answer["blocks"])
    assert "I can take one" in words_of(answer["blocks"])


def two_are_asked(october: Swapping) -> None:
    """Nothing chosen is said under the field. One declines, the other takes it, once; the old form is dead."""
    audit, asker = october.next_audit()
    october.opened(asker)
    asker.submit()
    assert october.chat.errors == {names.PEER_FIELD: "Choose whom to ask."}
    first, second = october.ask(asker, many=2)
    assert audit.case.ref not in words_of(second.direct_messages())
    october.decline(first, asker)
    october.settled(first, "You said that you cannot take it. Thank you for answering.")
    october.somebody(SOCIAL_WORKER).press("Accept", october.offer(second, asker))
    october.told("Somebody else was asked this.")
    offer = october.offer(second, asker)
    october.accept(second, asker)
    second.press("Accept", offer)
    october.told("You have accepted this already. The audit is yours.")
    october.settled(first, f"*A request to swap.* {second.member.name} accepted this swap on Monday 2 October at")
    assert asker.message("With somebody else now.")["ts"] == asker.direct_messages()[0]["ts"]
    october.is_with(audit, second)
    forms(october, audit, asker, second)


def forms(october: Swapping, audit: Allocation, asker: Somebody, taker: Somebody) -> None:
    """The old form is dead, and the taker's opens."""
    with october.page(asker.member.email, f"/returns/{audit.token}") as page:
        expect(page).to_have_title(re.compile("We cannot find that page"))
    taker.press("Open the form", taker.message("*Thank you for swapping.*"))
    page = october.browser.new_page()
    page.goto(link_in(taker.modal()))
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title(re.compile(f"Audit of {audit.case.ref}"))
    page.close()


def everybody_is_asked(october: Swapping) -> None:
    """Who is first has it; the others read who was, and a late press does nothing."""
    audit, asker = october.next_audit()
    emails = [email for email, _ in listed(october.opened(asker))]
    peers = october.send(asker, emails, ticked=everybody())
    slow, quick = peers[0], peers[-1]
    missed = october.offer(slow, asker)
    october.accept(quick, asker)
    who_was_first = f"{quick.member.name} accepted this swap on Monday 2 October at"
    slow.press("Accept", missed)
    october.told(who_was_first)
    for each in peers:
        october.settled(each, f"*A request to swap.* {who_was_first}")
    october.is_with(audit, quick)
    october.asked.difference_update(emails)
    october.asked.add(quick.member.email)


def covered(october: Swapping) -> Allocation:
    """Nothing in return, by somebody who has a turn of their own in November, and keeps it."""
    audit, asker = october.next_audit()
    [peer] = october.ask(asker, way="Nothing in return", with_why="turn in November")
    october.accept(peer, asker)
    assert "Your own turns stay as they are." in words_of(october.chat.modals)
    assert "They cover for you; your other turns stay as they are." in words_of(asker.direct_messages()[-1])
    october.is_with(audit, peer)
    return audit


def nobody_can_be_asked(october: Swapping, audit: Allocation) -> None:
    """Who has a turn in November already can take none in return; the administrator reads who could cover."""
    holder = october.holder(audit)
    modal = october.opened(holder, on="*Thank you for swapping.*")
    assert "Nobody with a turn in November 2017 can take this one." in words_of(modal)
    assert modal["submit"]["text"] == "Tell the administrator"
    holder.submit()
    october.told("Thank you for saying so. The administrator looks for a way.")
    october.expect(ADMINISTRATOR, kind="swap_ended")
    said = october.administrator.message(f"*{holder.member.name} found nobody to swap {audit.ref} with.*")
    assert "Nobody could be asked on Monday 2 October at" in words_of(said)
    assert "*Who could still take it*" in words_of(said)
    october.is_with(audit, holder)


def exchanged(october: Swapping) -> None:
    """Two of one month read each other's."""
    audit, asker = october.next_audit()
    peers = dict(listed(october.opened(asker, way="Exchange audits")))
    theirs = next(each for each in october.untouched if each.holder and each.holder.email in peers)
    october.untouched.remove(theirs)
    peer = october.holder(theirs)
    october.send(asker, [peer.member.email], ticked=chosen([peer.member.email]))
    october.accept(peer, asker, says=f"You and {asker.member.name} have exchanged audits.")
    october.is_with(audit, peer)
    october.is_with(theirs, asker)
    assert theirs.case.ref in words_of(asker.message("You do theirs."))


def taken_back(october: Swapping) -> None:
    audit, asker = october.next_audit()
    [peer] = october.ask(asker)
    asker.message(f"You have asked {peer.member.name} to swap.")
    missed = october.offer(peer, asker)
    asker.press("Withdraw", asker.message(f"You have asked {peer.member.name} to swap."))
    october.told("Taken back. The audit stays yours.")
    october.settled(peer, f"{asker.member.name} took this request back on Monday 2 October at")
    peer.press("Accept", missed)
    october.told(f"{asker.member.name} took this request back on Monday 2 October at")
    october.is_with(audit, asker)
    october.untouched.append(audit)


def undone(october: Swapping) -> None:
    """Who took it finds that they cannot: everything is as it was."""
    audit, asker = october.next_audit()
    [peer] = october.ask(asker)
    october.accept(peer, asker)
    october.all_sent()  # what is undone before somebody was told of it is not told
    peer.press("Undo", peer.message("undo it by the end of Tuesday 3 October"))
    october.told(f"Undone. The audit is with {asker.member.name} again, and everybody is told.")
    october.expect(asker.member.email, peer.member.email, ADMINISTRATOR, kind="swap_undone")
    how = f"{peer.member.name} undid this swap on Monday 2 October at"
    october.newest(asker, how, "Open the form")
    for each in (peer, october.administrator):
        october.newest(each, how)
    october.is_with(audit, asker)
