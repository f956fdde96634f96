"""App Home: what needs this person, the most important first, and where to ask."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.views.actions import my_actions
from bot.views.audits import my_audits, to_the_pages
from bot.views.parts import Block, escaped, header, quiet, section, to_ask
from programme.actions import Action
from programme.allocations import Allocation
from programme.policy import About
from programme.swaps import Swap

AUDITS_AT_MOST = 10


def home(blocks: Sequence[Block]) -> Block:
    return {"type": "home", "blocks": list(blocks)}


def greeting(name: str) -> Block:
    return header(f"Hello, {name}")


def actions_at_home(still_open: Sequence[Action], today: date) -> list[Block]:
    """What to do for children, the soonest first; what exactly stands in the modal and on the pages."""
    blocks = my_actions(still_open, today)
    return [section("*Your actions*"), *blocks] if blocks else []


def to_moderate(many: int) -> list[Block]:
    """How many audits wait for this reader's second look; what they are stands on the pages."""
    said = "1 audit waits" if many == 1 else f"{many} audits wait"
    return [section("*Moderation*", f"{said} for you. Sign in to the pages to read.")] if many else []


def audits_at_home(held: Sequence[Allocation], today: date, swaps: Mapping[str, Swap]) -> list[Block]:
    return [section("*Your audits*"), *my_audits(held, today, swaps, AUDITS_AT_MOST)]


def turns_at_home(said: str) -> list[Block]:
    """When it is this reader's turn, and why."""
    return [section("*Your turn*", escaped(said))] if said else []


def closing(about: About) -> list[Block]:
    """The way to the pages, whom to ask, and the framework the audits belong to."""
    said = escaped(f"{about.name}. Questions? Ask {to_ask(about)}.")
    link = f" · <{about.framework_url}|How we assure quality>" if about.framework_url else ""
    return [to_the_pages(), quiet(said + link)]
