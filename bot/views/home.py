"""App Home: what needs this person, the most important first, and where to ask."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.views.audits import my_audits, to_the_pages
from bot.views.parts import Block, escaped, header, quiet, section, to_ask
from programme.actions import Action
from programme.allocations import Allocation
from programme.policy import About
from programme.swaps import Swap

ACTIONS_AT_MOST = 10
AUDITS_AT_MOST = 10


def home(blocks: Sequence[Block]) -> Block:
    return {"type": "home", "blocks": list(blocks)}


def greeting(name: str) -> Block:
    return header(f"Hello, {name}")


def my_actions(still_open: Sequence[Action]) -> list[Block]:
    """What to do for children, the soonest first; what exactly stands on the pages."""
    blocks = [
        section(f"*{action.ref}*  {action.priority}", f"Due {action.due_on:%A %-d %B}. Read it on the pages.")
        for action in still_open[:ACTIONS_AT_MOST]
    ]
    if len(still_open) > ACTIONS_AT_MOST:
        blocks.append(quiet(f"And {len(still_open) - ACTIONS_AT_MOST} more: sign in to the pages."))
    return [section("*Your actions*"), *blocks] if blocks else []


def audits_at_home(held: Sequence[Allocation], today: date, swaps: Mapping[str, Swap]) -> list[Block]:
    return [section("*Your audits*"), *my_audits(held, today, swaps, AUDITS_AT_MOST)]


def closing(about: About) -> list[Block]:
    """The way to the pages, whom to ask, and the framework the audits belong to."""
    said = escaped(f"{about.name}. Questions? Ask {to_ask(about)}.")
    link = f" · <{about.framework_url}|How we assure quality>" if about.framework_url else ""
    return [to_the_pages(), quiet(said + link)]
