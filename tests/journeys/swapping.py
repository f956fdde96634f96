"""Asking for a swap and answering, for tests: as people do it in chat, each step waiting for what they would see."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Any

from bot import names
from programme.allocations import Allocation
from programme.calendar import at_london
from programme.words import NoticeState
from storage import clock, find
from tests.journeys.chat import Block, Message, Somebody
from tests.journeys.gallery import Gallery
from tests.journeys.month import Month
from tests.journeys.test_import_to_return import ADMINISTRATOR

READY = "audit is ready for you"
PEER_FIELDS = (names.PEER_FIELD, names.OTHER_PEER_FIELD)
ON_THEIR_WAY = (NoticeState.WAITING, NoticeState.LEASED)


@dataclass
class Swapping(Month):
    """A month that is out, with audits that nobody has touched yet and people who were not asked yet."""

    untouched: list[Allocation] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    @cached_property
    def gallery(self) -> Gallery:
        return Gallery(self.chat.workspace, self.browser)

    @property
    def administrator(self) -> Somebody:
        return self.somebody(ADMINISTRATOR)

    def it_becomes(self, day: int) -> None:
        """The worker does what is due by itself."""
        with self.tools.office.record.writing() as session:
            clock.set_to(session, at_london(date(2017, 10, day), time(9, 5)))

    def next_audit(self) -> tuple[Allocation, Somebody]:
        audit = self.untouched.pop(0)
        return audit, self.holder(audit)

    def holder(self, audit: Allocation) -> Somebody:
        """Who has it now."""
        now = next(each for each in self.audits() if each.ref == audit.ref)
        assert now.holder is not None
        return self.somebody(now.holder.email)

    def is_with(self, audit: Allocation, somebody: Somebody) -> None:
        assert self.holder(audit).member == somebody.member

    def told(self, words: str) -> None:
        """Wait until a modal says so."""
        self.chat.wait_for(lambda: words in words_of(self.chat.modals), f"a modal that says '{words}'")
        self.gallery.modal("told")

    def opened(self, asker: Somebody, *, on: str = READY, way: str = "") -> Block:
        """The modal that asks, by the button in the message that holds the words `on`."""
        asker.press("Swap", asker.message(on))
        asker.modal()
        if way:
            asker.press_in_modal(way)
        modal = asker.modal()
        self.gallery.modal(way or "swap")
        return modal

    def ask(
        self, asker: Somebody, *, many: int = 1, on: str = READY, way: str = "", with_why: str = ""
    ) -> list[Somebody]:
        """Choose the best of those who were not asked before, and send; each of them is written to."""
        modal = self.opened(asker, on=on, way=way)
        fresh = [email for email, why in listed(modal) if email not in self.asked and with_why in why][:many]
        return self.send(asker, fresh, ticked=chosen(fresh))

    def send(self, asker: Somebody, emails: Sequence[str], *, ticked: dict[str, Any]) -> list[Somebody]:
        """Send the open modal, which asks these."""
        asker.submit(**ticked)
        self.told("been asked, and can answer until the end of")
        self.asked.update(emails)
        self.expect(*emails, kind="swap_asked")
        peers = [self.somebody(email) for email in emails]
        for each in peers:
            self.offer(each, asker)
        return peers

    def offer(self, peer: Somebody, asker: Somebody) -> Message:
        return peer.message(f"*{asker.member.name} asks you")

    def accept(self, peer: Somebody, asker: Somebody, *, says: str = "The audit is yours now") -> None:
        """They press, and everybody concerned is written to."""
        peer.press("Accept", self.offer(peer, asker))
        self.told(says)
        self.expect(asker.member.email, peer.member.email, ADMINISTRATOR, kind="swap_accepted")
        asker.message(f"*{peer.member.name} has taken your October 2017 audit.*")
        assert "Open the form" in words_of(peer.message("*Thank you for swapping.*"))

    def decline(self, peer: Somebody, asker: Somebody) -> None:
        peer.press("Decline", self.offer(peer, asker))
        self.told("Thank you for answering.")

    def settled(self, peer: Somebody, words: str) -> None:
        """What they were asked with says how it ended, and asks nothing any more."""
        message = peer.message(words)
        assert [block["type"] for block in message["blocks"]] == ["section"]

    def nothing_waits(self) -> bool:
        """Whether the worker has sent everything."""
        return not self.look(lambda session: find.notices.in_state(session, *ON_THEIR_WAY))

    def newest(self, somebody: Somebody, *words: str) -> None:
        """Wait until their last message holds all of these words."""
        self.chat.wait_for(
            lambda: all(each in words_of(somebody.direct_messages()[-1]) for each in words),
            f"a last message with {words} to {somebody.member.name}",
        )

    def all_sent(self) -> None:
        self.chat.wait_for(self.nothing_waits, "the last message")


def words_of(shown: object) -> str:
    return json.dumps(shown, ensure_ascii=False)


def listed(modal: Block) -> list[tuple[str, str]]:
    """Who can be asked in a modal, best first, each with why."""
    fields = [block["element"] for block in modal["blocks"] if block.get("block_id") in PEER_FIELDS]
    options = [option for each in fields for option in each["options"]]
    return [(option["value"], option["description"]["text"]) for option in options]


def chosen(emails: Sequence[str]) -> dict[str, Any]:
    """The modal filled in with these: ticked, or from a list where there is only one to choose."""
    options = [{"value": email} for email in emails]
    return {names.PEER_FIELD: {names.PEER_FIELD: {"type": "checkboxes", "selected_options": options}}}


def everybody() -> dict[str, Any]:
    ticked = {"type": "checkboxes", "selected_options": [{"value": "yes"}]}
    return {names.EVERYBODY_FIELD: {names.EVERYBODY_FIELD: ticked}}
