"""All the pages together, and what every page shows around its own matter."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, request

from programme.people import Person
from storage.office import Office
from web import about, demo, health, home, rounds, sign_in


@dataclass(frozen=True)
class NavigationItem:
    text: str
    href: str
    current: bool


def routes(office: Office, at_head: Callable[[], bool]) -> list[Blueprint]:
    around = Blueprint("around", __name__)
    around.app_context_processor(lambda: around_the_page(office))
    return [
        around,
        sign_in.routes(office),
        demo.routes(office),
        home.routes(office),
        rounds.routes(office),
        about.routes(office),
        health.routes(office, at_head),
    ]


def around_the_page(office: Office) -> dict[str, object]:
    """Who is signed in, where they may go, what time it is in the demo, and whom to ask."""
    with office.record.reading() as session:
        me = sign_in.signed_in(session)
        return {
            "signed_in_as": me.name if me else "",
            "navigation": navigation(me) if me else [],
            "demo_now": office.now(session) if office.demo else None,
            "programme": office.rules.policy.programme,
        }


def navigation(me: Person) -> list[NavigationItem]:
    places = [("What needs you", "/"), *([("Months", "/rounds")] if me.can_see_round() else []), ("About you", "/me")]
    return [NavigationItem(text, href, _is_here(href)) for text, href in places]


def _is_here(href: str) -> bool:
    return request.path == href or (href != "/" and request.path.startswith(f"{href}/"))
