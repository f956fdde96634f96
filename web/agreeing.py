"""The page on which a pair writes down what it agreed, or on which it is decided where a pair did not."""

from collections.abc import Mapping

from flask import render_template, request

from programme.agreeing import Agreement
from programme.changed import TO_CHOOSE
from programme.judging import refuse
from programme.marks import MARK_LABELS, is_thin
from programme.moderation import Moderation, tool_of
from programme.people import Person
from programme.settling import to_settle
from storage import find, moderating
from storage.office import Office
from storage.session import Session
from web import action_rows
from web.moderation_form import as_agreed, lines_of, preselected

LONGEST = 5_000
ONE_MORE = "one_more"
"""The button that gives a row for one more action, and keeps nothing yet."""


def typed() -> dict[str, str]:
    """What stands in the form that was sent, the rows for more actions moved together."""
    return action_rows.packed({name: value.strip()[:LONGEST] for name, value in request.form.items()})


def agreement(session: Session, found: Moderation, said: Mapping[str, str]) -> Agreement:
    had = find.actions.ever_of(session, found.allocation)
    refuse(list(action_rows.unread(said, had)))
    return as_agreed(said, found.allocation, action_rows.settled(said, had))


def page(
    session: Session,
    office: Office,
    me: Person,
    found: Moderation,
    said: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> str:
    """All judgements side by side with the evidence, the actions, and how good the audit itself is."""
    audit, moderated = found.allocation, moderating.moderated_of(session, found)
    lines, at = lines_of(audit, moderated.returned, found), office.now(session)
    if said is None:
        said = preselected(lines, found, moderated.returned, list(moderated.had))
        said |= action_rows.filled(moderated.had, at=at, rules=office.rules)
    return render_template(
        "moderation/agree.html",
        audit=audit,
        tool=tool_of(audit),
        partner=found.partner_of(me) if found.is_moderated_by(me) else None,
        moderation=found,
        deciders=find.moderations.deciders(session, found, on=office.today(session)) if found.disputed_at else [],
        lines=lines,
        readings=found.readings,
        returned=moderated.returned,
        said=said,
        errors=errors or {},
        reasons=TO_CHOOSE,
        marks=MARK_LABELS,
        thin_impact=is_thin(moderated.returned.impact),
        actions=to_settle(moderated.had),
        more=action_rows.more_rows(said, one_more=ONE_MORE in said),
        priorities=action_rows.PRIORITIES,
    )
