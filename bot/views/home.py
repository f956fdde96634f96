"""App Home as a page: parts with things in them, the most important first, and never more than a person can take in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot import names
from bot.views.audits import to_the_pages
from bot.views.fitting import within_view
from bot.views.parts import DIVIDER, Block, button, buttons, escaped, header, quiet, section, to_ask, within
from programme.policy import About

ITEMS_AT_MOST = 20
OF_A_PART_AT_MOST = 8
"""So that what is late in one part leaves room for the others."""
BLOCKS_AT_MOST = 68
"""Slack takes a hundred; titles, what stands in empty parts, the greeting and the end of the page need the rest."""
NAME = 100
WAITING = "Waiting for you"
"""The title over what needs no title, where that begins the page."""


@dataclass(frozen=True)
class Item:
    """One thing on App Home. `about` is its reference: of what has the same, the first is shown and no other."""

    about: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Part:
    """Things of one kind under a title; those that wait for an answer share one. `foot` ends it, `empty` is what
    stands in it where it never had anything; a part without any of these is not drawn.
    """

    title: str = ""
    items: Sequence[Item] = ()
    foot: Sequence[Block] = ()
    empty: str = ""


@dataclass
class Page:
    """What is drawn so far: the blocks, and of what there was the references of what is shown."""

    blocks: list[Block] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)

    @property
    def left_out(self) -> int:
        return len(self.known - self.shown)

    def add(self, part: Part) -> None:
        items = [item for item in _each_once(part.items) if item.about not in self.shown]
        drawn = self._that_fit(items)
        body = [block for item in drawn for block in item.blocks]
        if not part.items and part.empty:
            body = [section(part.empty)]
        body += part.foot
        if body:
            title = part.title or ("" if self.blocks else WAITING)
            self.blocks += [*_title(title, len(drawn), len(items)), *body]
        self.shown |= {item.about for item in drawn}
        self.known |= {item.about for item in items}

    def _that_fit(self, items: Sequence[Item]) -> list[Item]:
        """So many of them as there is room for."""
        fit: list[Item] = []
        room = BLOCKS_AT_MOST - len(self.blocks)
        for item in items[: min(OF_A_PART_AT_MOST, ITEMS_AT_MOST - len(self.shown))]:
            room -= len(item.blocks)
            if room < 0:
                break
            fit.append(item)
        return fit


def home(blocks: Sequence[Block]) -> Block:
    return {"type": "home", "blocks": within_view(blocks)}


def page(name: str, parts: Iterable[Part], empty: str, end: Sequence[Block]) -> Block:
    """The whole of App Home. `empty` is what it says where there is nothing at all."""
    drawn = Page()
    for part in parts:
        drawn.add(part)
    more = [quiet(f"And {drawn.left_out} more: sign in to the pages.")] if drawn.left_out else []
    return home([header(f"Hello, {within(name, NAME)}"), *(drawn.blocks or [section(empty)]), *more, DIVIDER, *end])


def _each_once(items: Iterable[Item]) -> list[Item]:
    return list({item.about: item for item in reversed(list(items))}.values())[::-1]


def _title(words: str, drawn: int, there_are: int) -> list[Block]:
    """Under a line; with how many there are, where not all of them are shown."""
    if not words:
        return []
    return [DIVIDER, section(f"*{words}*  {drawn} of {there_are}" if drawn < there_are else f"*{words}*")]


LABELS = {
    "return": "My audits",
    "swap": "Swaps",
    "actions": "My actions",
    "round": "The month",
    "chase": "Who is late",
    "status": "How it stands",
    "report": "The report",
    "away": "Not at work",
    "help": "Help",
}
"""Each word of /audit as its button says it; /audit alone and /audit return are the same."""


@dataclass(frozen=True)
class Offered:
    """Which words of /audit are of use to somebody, beside those that are for everybody."""

    audits: bool = False
    actions: bool = False
    status: bool = False
    report: bool = False
    runs_the_month: bool = False


def words_of_audit(offered: Offered) -> Block:
    """A button for each word of /audit that this person may use."""
    mine = [
        button(LABELS["return"], names.WORD_AUDITS, "return"),
        button(LABELS["swap"], names.WORD_SWAP, "swap"),
    ]
    runs = [
        button(LABELS["round"], names.WORD_ROUND, "round"),
        button(LABELS["chase"], names.WORD_CHASE, "chase"),
    ]
    return buttons(
        names.WORDS_BLOCK,
        [
            *(mine if offered.audits else []),
            *([button(LABELS["actions"], names.WORD_ACTIONS, "actions")] if offered.actions else []),
            *(runs if offered.runs_the_month else []),
            *([button(LABELS["status"], names.WORD_STATUS, "status")] if offered.status else []),
            *([button(LABELS["report"], names.WORD_REPORT, "report")] if offered.report else []),
            button(LABELS["away"], names.WORD_AWAY, "away"),
            button(LABELS["help"], names.WORD_HELP, "help"),
        ],
    )


def closing(about: About, offered: Offered) -> list[Block]:
    """The way to the pages, a button for each word, whom to ask, and the framework the audits belong to."""
    said = escaped(f"{about.name}. Questions? Ask {to_ask(about)}.")
    link = f" · <{about.framework_url}|How we assure quality>" if about.framework_url else ""
    return [to_the_pages(), words_of_audit(offered), quiet(said + link)]
