"""Every listener by every role and in every relation: who may, acts; who may not, reads why, and nothing changes.

The listeners come from the code, the rows from `who_may.py`: one without a row says here what to add.
"""

from collections.abc import Mapping
from functools import partial
from itertools import chain

import pytest

from bot import app, names, slash
from tests.bot.conftest import slack_id
from tests.bot.stage import ANYBODY, UNKNOWN_HERE, Stage, as_it_was, stage
from tests.bot.test_buttons import NOT_IN_POST, UNKNOWN
from tests.bot.who_may import EVENTS, MODALS, PRESSES, SHORTCUTS, WORDS, Row
from tests.twins import signing
from tests.twins.signing import Signed

__all__ = ["as_it_was", "stage"]

CELLS_AT_LEAST = 600
READ_BY_UNKNOWN = {who: UNKNOWN if who == "an unknown account" else NOT_IN_POST for who in UNKNOWN_HERE}
OF_THE_CHILD = ("MDW-0417", "Stepcanary")

LISTENERS: Mapping[str, tuple[Mapping[str, Row], set[str]]] = {
    "PRESSES": (PRESSES, set(app.PRESSES)),
    "MODALS": (MODALS, set(app.SENT_MODALS)),
    "EVENTS": (EVENTS, set(app.EVENTS)),
    "WORDS": (WORDS, {*slash.LISTENERS, "anything else"}),
    "SHORTCUTS": (SHORTCUTS, {names.SHORTCUT}),
}
ROWS = [(table, name) for table, (rows, _known) in LISTENERS.items() for name in rows]


@pytest.mark.parametrize("table", LISTENERS)
def test_every_listener_has_a_row(table: str) -> None:
    rows, known = LISTENERS[table]
    without, stale = known - set(rows), set(rows) - known
    assert not without, f"Add a row to {table} in tests/bot/who_may.py that says who may: {sorted(without)}"
    assert not stale, f"Nothing listens any more to these rows of {table} in tests/bot/who_may.py: {sorted(stale)}"


def test_there_is_somebody_for_every_row(stage: Stage) -> None:
    assert sorted(stage.people) == sorted(ANYBODY)
    assert len(ROWS) * len(stage.people) >= CELLS_AT_LEAST
    asked_for = set(
        chain.from_iterable(row.may | row.reads_of_the_child for rows, _ in LISTENERS.values() for row in rows.values())
    )
    assert asked_for - set(ANYBODY) == set()


@pytest.mark.parametrize(("table", "name"), ROWS)
def test_who_may(stage: Stage, table: str, name: str) -> None:
    row = LISTENERS[table][0][name]
    row.first(stage)
    about = row.said_of(stage)
    at_first, before = stage.copied(), stage.everything()
    came_of_it, read_of_the_child = {}, set()
    for who in stage.people:
        signed = request(stage, table, name, who, about, row)
        shown = stage.shown(partial(stage.door.send, signed))
        changed = stage.everything() != before
        came_of_it[who] = outcome(row, shown, changed=changed)
        read_of_the_child |= {who} if any(mark in shown for mark in OF_THE_CHILD) else set()
        if changed:
            at_first.backup(stage.file)
    assert came_of_it == {who: expected(row, who) for who in stage.people}
    assert read_of_the_child == row.reads_of_the_child


def test_app_home_names_a_childs_record_to_whom_it_is_with(stage: Stage) -> None:
    """App Home is published, not answered: what stands in it is asked here."""
    homes = {who: stage.door.home_of(person) for who, person in stage.people.items()}
    named_to = {who for who, home in homes.items() if any(mark in home for mark in OF_THE_CHILD)}
    assert named_to == {"the holder", "the owner", "the owner's deputy", "the social worker"}
    assert {who: home for who, home in homes.items() if home in READ_BY_UNKNOWN.values()} == READ_BY_UNKNOWN


def expected(row: Row, who: str) -> str:
    if who in row.may:
        return "nothing" if row.says_nothing else "acts" if row.changes else "shows"
    return READ_BY_UNKNOWN.get(who, row.others_read)


def outcome(row: Row, shown: str, *, changed: bool) -> str:
    """That it acted or showed something; else the very words that were read, and nothing beside them."""
    if shown and shown in {row.others_read, *READ_BY_UNKNOWN.values()}:
        return f"changed something, and said: {shown}" if changed else shown
    return "acts" if changed else "shows" if shown else "nothing"


def request(stage: Stage, table: str, name: str, who: str, about: str, row: Row) -> Signed:
    user, trigger = slack_id(stage.people[who]), stage.door.twin.trigger()
    if table == "PRESSES":
        return signing.press(user, name, about, trigger=trigger)
    if table == "MODALS":
        return signing.submission(user, view(name, about, row, stage), dict(row.filled(stage)))
    if table == "EVENTS":
        return signing.event(user, name, channel_type="im", tab="home")
    if table == "SHORTCUTS":
        return signing.shortcut(user, name, trigger=trigger)
    return signing.command(user, name, trigger=trigger)


def view(name: str, about: str, row: Row, stage: Stage) -> dict[str, object]:
    blocks = [{"type": "input", "block_id": field} for field in row.filled(stage)]
    return {"type": "modal", "callback_id": name, "private_metadata": about, "blocks": blocks}
