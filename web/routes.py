"""All the pages together, and what every page shows around its own matter."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, request

from programme.people import Person
from storage.office import Office
from storage.session import DatabaseFault
from web import (
    about,
    accounts,
    actions,
    allocation,
    answering,
    attendance,
    checks,
    competency,
    competency_steps,
    dates,
    demo,
    diary,
    forecast,
    health,
    history,
    home,
    learning,
    message,
    metrics,
    moderation,
    moderation_day,
    opening,
    outbox,
    outcome,
    outcomes,
    overseeing,
    pairing,
    people,
    re_audits,
    report,
    roll_check,
    rota,
    rounds,
    safety,
    sample,
    sign_in,
    swap_choosing,
    swaps,
    tool,
    workshop,
)


@dataclass(frozen=True)
class NavigationItem:
    text: str
    href: str
    current: bool


def routes(
    office: Office,
    at_head: Callable[[], bool],
    read_table: opening.ReadTable,
    render: outbox.Render,
    metrics_token: str = "",
) -> list[Blueprint]:
    around = Blueprint("around", __name__)
    around.before_app_request(refuse_what_cannot_be_ours)
    around.app_context_processor(lambda: around_the_page(office))
    return [
        around,
        *_for_oneself(office),
        *_of_the_month(office, read_table),
        *_of_audits_and_actions(office),
        outbox.routes(office, render),
        message.routes(office, render),
        health.routes(office, at_head),
        metrics.routes(office, metrics_token),
    ]


def _for_oneself(office: Office) -> list[Blueprint]:
    rooms = (sign_in, demo, home, diary, swaps, swap_choosing, competency, competency_steps, history, about)
    return [room.routes(office) for room in rooms]


def _of_the_month(office: Office, read_table: opening.ReadTable) -> list[Blueprint]:
    rooms = (rounds, accounts, rota, roll_check, allocation, dates, forecast, sample, report, tool, re_audits)
    return [opening.routes(office, read_table), people.routes(office, read_table), *(r.routes(office) for r in rooms)]


def _of_audits_and_actions(office: Office) -> list[Blueprint]:
    of_audits = (answering, moderation, moderation_day, attendance, pairing, outcome, outcomes)
    return [room.routes(office) for room in (*of_audits, overseeing, actions, checks, safety, workshop, learning)]


def refuse_what_cannot_be_ours() -> None:
    """A form that another site sent here, as browsers tell; and an address that no database could look up."""
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        abort(400)
    if "\0" in request.path:
        abort(404)


def around_the_page(office: Office) -> dict[str, object]:
    """Who is signed in, where they may go, what time it is in the demo, and whom to ask."""
    known: dict[str, object] = {"programme": office.rules.policy.programme}
    try:
        with office.record.reading() as session:
            me = sign_in.signed_in(session, office)
            known["demo_now"] = office.now(session) if office.demo else None
    except DatabaseFault:
        # The page that says what went wrong must not go wrong for the same reason.
        return known
    if me is None:
        return known
    return known | {"signed_in_as": me.name, "navigation": navigation(me)}


def navigation(me: Person) -> list[NavigationItem]:
    places = [
        ("What needs you", "/"),
        *([("Months", "/rounds")] if me.can_see_round() else []),
        *([("People", "/people")] if me.can_see_people() else []),
        *([("Swaps", "/swaps")] if me.can_see_swaps() else []),
        *([("Actions", "/actions")] if me.can_have_actions() else []),
        *([("Competency", "/competency")] if me.can_see_competency() else []),
        *([("Questions", "/tool")] if me.can_see_tool() else []),
        *([("Held", "/held")] if me.can_decide_on_held() else []),
        ("Messages", "/outbox"),
        *([("History", "/history")] if me.can_see_history() else []),
        ("About you", "/me"),
    ]
    return [NavigationItem(text, href, _is_here(href)) for text, href in places]


def _is_here(href: str) -> bool:
    return request.path == href or (href != "/" and request.path.startswith(f"{href}/"))
