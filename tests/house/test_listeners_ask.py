"""Every listener of chat asks a `can_…` on `programme/rights/` on its way, but for those that show only one's own.

Read from the source: from each `on_…` through the rooms to a `can_…`, be it in a `must_…` or deep in a decision.
"""

import re

from bot.app import EVENTS, PRESSES, SENT_MODALS
from bot.slash import LISTENERS
from tests.house.calls import Calls, Place

ONE_OF_ONES_OWN = {
    "bot.allocations.on_sign_in": "a link for who presses it; what it leads to, the pages judge",
    "bot.allocations.on_link_followed": "Slack has opened a link; there is nothing to do",
    "bot.away.on_my_absences": "when one is not at work oneself",
    "bot.away.on_not_at_work": "an empty form",
    "bot.home.on_home_opened": "that it is open; what it shows is judged when it is drawn",
    "bot.slash.on_audit": "hands on to the listener of the word",
    "bot.slash.on_help": "what there is to say",
    "bot.slash.on_my_audits": "the audits one holds oneself",
    "bot.slash.on_shortcut": "the audits one holds oneself",
    "bot.slash.on_word": "hands on to the listener of the word",
    "bot.written.on_mention": "where to go, for whoever names the bot",
    "bot.written.on_message": "where to go, for whoever writes to the bot",
    "bot.slash.on_unknown": "that the word is not known",
}
"""Listeners that ask nothing, each with why it need not."""


DOOR = re.compile(r"bot\.\w+")
"""Not the views and messages, which are below."""


def named(place: Place) -> str:
    return f"{place.module}.{place.name}"


def test_every_listener_asks_whether_one_may() -> None:
    calls = Calls.of_the_house()
    asking = calls.all_that_lead_to(
        lambda place: place.of.endswith(("Rights", "Standing")) and place.name.startswith("can_")
    )
    listeners = {place for place in calls.functions if DOOR.fullmatch(place.module) and place.name.startswith("on_")}
    silent = {named(place) for place in listeners - asking}
    forgotten, stale = silent - set(ONE_OF_ONES_OWN), set(ONE_OF_ONES_OWN) - silent
    assert not forgotten, f"Ask a can_… of programme/rights/ in {sorted(forgotten)}, or say in this test why not"
    assert not stale, f"These ask by now, or are gone: take them off the list in this test: {sorted(stale)}"


def test_whatever_listens_is_called_so() -> None:
    """The walk above begins at functions by their name."""
    every = [*PRESSES.values(), *SENT_MODALS.values(), *EVENTS.values(), *LISTENERS.values()]
    assert [listener.__name__ for listener in every if not listener.__name__.startswith("on_")] == []


ASKS = {
    "bot.doors": """
from bot import steps
from storage import find
def on_asking(call): steps.through(call)
def on_finding(call): find.things.of(call)
def on_method(call): call.thing.must_be_open_to(1)
def on_thing(call, thing: Thing): thing.either()
def on_found(call):
    found = steps.found()
    found.either()
def on_either(call): call.thing.either()
def on_nothing(call): call.thing.must_run()
def on_reading(call): return call.me.can_see
""",
    "bot.steps": """
def through(call): return again(call)
def again(call): return through(call) or call.me.can_see()
def found() -> Thing: return 1
""",
    "storage.find": "from storage.find import things",
    "storage.find.things": "from bot.steps import again as once_more\ndef of(call): return once_more(call)",
    "programme.people": "class Person:\n    def can_see(self): return True",
    "programme.things": """
class Thing:
    def must_be_open_to(self, me): self._ask(me)
    def _ask(self, me): return me.can_see()
    def must_run(self): return 1
    def either(self): return self._ask(self)
class Other:
    def either(self): return 1
""",
}
"""A little house: what asks, by a function, through a room, by a method; and what only looks as if it did."""


def test_the_walk_tells_who_asks_from_who_does_not() -> None:
    calls = Calls(ASKS)
    asking = calls.all_that_lead_to(lambda place: place.name.startswith("can_"))
    found = sorted(place.name for place in asking if place.module == "bot.doors")
    assert found == ["on_asking", "on_finding", "on_found", "on_method", "on_thing"]
