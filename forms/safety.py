"""'Unsafe now' on the form: telephone first.

The alert goes out the moment the question is answered, whatever else of the form is still empty, and the page says
whom to ring. What was typed so far is kept and stands in the form afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template
from werkzeug.datastructures import MultiDict

from programme import chasing
from programme.allocations import Allocation
from programme.calendar import at_london, hour_typed
from programme.circle import Circle
from programme.people import Person
from programme.refusals import Faulty
from programme.safety import Alert
from programme.words import Safety
from storage import alarming, find
from storage.office import Office
from storage.session import Session

UNSAFE, RANG = "unsafe", "rang"
"""The names of the buttons: a child is unsafe now (its value says whether that is about staff), and I have rung."""

ABOUT_STAFF = {"no": "no", "staff": "yes"}
ASK, MISTAKE = "ask", "mistake"
"""What else that button may say: ask first whom it is about, and it was pressed by mistake."""


@dataclass(frozen=True)
class Ring:
    who: str
    when: str


def with_the_button(said: Mapping[str, str], form: MultiDict[str, str]) -> Mapping[str, str]:
    """What was said, with the answers that a pressed button gives."""
    pressed = form.get(UNSAFE, "")
    if pressed == MISTAKE and said.get("safety") == Safety.UNSAFE_NOW:
        return {name: words for name, words in said.items() if name != "safety"}
    about_staff = ABOUT_STAFF.get(pressed)
    return {**said, "safety": Safety.UNSAFE_NOW.value, "staff_conduct": about_staff} if about_staff else said


def must_ask(said: Mapping[str, str], alert: Alert | None) -> bool:
    """Unsafe now was chosen, and nobody has been told yet, because it was not said whom the worry is about."""
    return alert is None and said.get("safety") == Safety.UNSAFE_NOW


def telephone_first(
    session: Session, office: Office, audit: Allocation, said: Mapping[str, str], form: MultiDict[str, str], me: Person
) -> tuple[str, int] | None:
    """The page that must come before anything else of the form; None where nothing stands in the way of it."""
    alert = find.alerts.of_audit(session, audit.ref)
    if alert is None and form.get(UNSAFE) == ASK:
        return page(session, office, audit, None, form, {}), 200
    if said.get("safety") != Safety.UNSAFE_NOW:
        return None
    if alert is None and said.get("staff_conduct") in ABOUT_STAFF.values():
        alert = alarming.raise_alert(session, office, audit, me, staff_conduct=said["staff_conduct"] == "yes")
    try:
        if alert is not None and RANG in form:
            _note(session, office, alert, form, me)
    except Faulty as faulty:
        return page(session, office, audit, alert, form, faulty.by_field), 422
    if alert is not None and alert.spoken_to:
        return None
    return page(session, office, audit, alert, {}, {}), 200


def _note(session: Session, office: Office, alert: Alert, form: MultiDict[str, str], me: Person) -> None:
    spoken_at = _today_at(form.get("spoken_at", ""), office.today(session))
    alarming.note_call(session, office, alert, me, spoken_to=form.get("spoken_to", "")[:200], spoken_at=spoken_at)


def _today_at(written: str, today: date) -> datetime | None:
    said = hour_typed(written)
    return at_london(today, said) if said is not None else None


def page(
    session: Session,
    office: Office,
    audit: Allocation,
    alert: Alert | None,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
) -> str:
    """Whom to ring, and then whom they spoke to; before an alert, only whom the worry is about."""
    circle = find.people.circle_of(session, audit.case, on=office.today(session))
    about_staff = alert is not None and alert.staff_conduct
    out_of_hours = not chasing.is_reminding_time(office.now(session), office.rules)
    return render_template(
        "forms/safety.html",
        allocation=audit,
        alert=alert,
        ring=whom_to_ring(circle, about_staff=about_staff),
        about_staff=about_staff,
        out_of_hours=out_of_hours,
        phone=office.rules.policy.safety.duty_team_phone,
        typed=typed,
        errors=errors,
    )


def whom_to_ring(circle: Circle, *, about_staff: bool) -> list[Ring]:
    """By name and in order; nobody in the team where the worry is about one of them."""
    later = "if not reached within 30 minutes"
    manager, head = circle.team_manager, circle.head_of_service
    in_order = [head, *circle.heads_of_quality] if about_staff else [manager, head, *circle.heads_of_quality[:1]]
    people = list(dict.fromkeys(person for person in in_order if person is not None))
    return [Ring(person.name, later if place else "now") for place, person in enumerate(people)]
