"""An audit as a whole, for who may see it; how it is moderated stands in `web/moderate.py`."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme import beside
from programme.allocations import Allocation
from programme.judging import OVERALL
from programme.marks import MARK_LABELS
from programme.moderation import Moderation
from programme.people import Person
from programme.refusals import NotFound
from programme.returns import Return
from programme.words import SAFETY_LABELS
from storage import find
from storage.office import Office
from storage.session import Session
from web import moderate
from web.ending import ending_of
from web.moderation_form import lines_of
from web.outcome_seen import actions_for, outcome_for
from web.sign_in import NobodyHere, require_person, to_sign_in


@dataclass(frozen=True)
class AuditPage(MethodView):
    """The whole audit, strengths first, for who may see it."""

    office: Office

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self.shown(session, ref)

    def shown(
        self, session: Session, ref: str, said: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
    ) -> str:
        """With what was typed and what is wrong with it, where something was sent from here."""
        me, audit, returned = self.read_by(session, ref)
        actions = actions_for(session, self.office, me, audit)
        moderation, outcome = find.moderations.of_audit(session, ref), find.outcomes.of_audit(session, ref)
        return render_template(
            "moderation/audit.html",
            audit=audit,
            returned=returned,
            moderation=moderation,
            lines=lines_of(audit, returned, moderation),
            overall_changed=why_overall_changed(moderation),
            marks=MARK_LABELS if moderation and me.can_see_how_it_was_marked(audit, moderation) else {},
            tool=audit.tool,
            beforehand=find.samples.said_of(session, audit.round.month, audit.case),
            looks_again=looks_again(session, audit, returned),
            actions=actions,
            actions_before=find.moderations.actions_before(session, audit) if actions else {},
            safety=safety_for(me, audit, returned),
            seen=outcome_for(session, self.office, me, audit, outcome),
            sees_spread=me.can_see_spread(audit),
            ending=ending_of(session, self.office, audit, me),
            said=said or {},
            errors=errors or {},
        )

    def read_by(self, session: Session, ref: str) -> tuple[Person, Allocation, Return]:
        """Who is here, and what they read; there is nothing for who may not."""
        me = require_person(session, self.office)
        audit = find.allocations.with_tool(session, ref)
        returned = find.submissions.return_of(session, audit)
        moderation, outcome = find.moderations.of_audit(session, ref), find.outcomes.of_audit(session, ref)
        if returned is None or not me.can_see_audit(audit, moderation, outcome):
            raise NotFound("We cannot find that audit.")
        return me, audit, returned


def why_overall_changed(moderation: Moderation | None) -> str:
    """In words. What was agreed before each judgement had a reason of its own has one for all of them."""
    if moderation is None:
        return ""
    overall = next((each for each in moderation.changed if each.name == OVERALL), None)
    return overall.why_in_words if overall else "" if moderation.changed else moderation.reason


def looks_again(session: Session, audit: Allocation, returned: Return) -> str:
    """For a re-audit, at what it looks again and how it compares; '' for any other."""
    if audit.first is None:
        return ""
    before = find.submissions.return_of(session, audit.first)
    than = beside.compared(returned, before) if before else ""
    return f"It looks again at {audit.first.ref}{f': {than}' if than else ''}."


def safety_for(me: Person, audit: Allocation, returned: Return) -> str:
    """The safety answer, never for the team: left out only at times, its absence would tell of a worry there."""
    in_team = me.works_in(audit.case.team) or audit.case.social_worker is me
    return "" if in_team or returned.safety is None else SAFETY_LABELS[returned.safety]


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("moderation", __name__, url_prefix="/audits")
    blueprint.add_url_rule("/<ref>", view_func=AuditPage.as_view("audit", office))
    moderate.add_to(blueprint, office)
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
