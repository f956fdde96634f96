"""An audit as a whole, and its moderation: judged alone first, then side by side, then agreed."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme import beside
from programme.allocations import Allocation
from programme.changed import TO_CHOOSE
from programme.judging import OVERALL
from programme.marks import MARK_LABELS, is_thin
from programme.moderation import Moderation, questions_of, tool_of
from programme.people import Person
from programme.refusals import Faulty, NotAllowed, NotFound, Refusal
from programme.returns import Return
from programme.words import SAFETY_LABELS
from storage import find, moderating
from storage.office import Office
from storage.session import Session
from web.ending import ending_of
from web.moderation_form import as_agreed, as_judged, lines_of, preselected
from web.outcome_seen import actions_for, outcome_for
from web.sign_in import NobodyHere, require_person, to_sign_in

LONGEST = 5_000


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
            actions=actions_for(session, me, audit),
            safety=safety_for(me, audit, returned),
            seen=outcome_for(session, self.office, me, audit, outcome),
            ending=ending_of(session, audit, me),
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


@dataclass(frozen=True)
class ModeratePage(MethodView):
    """Alone while I have not judged; then a word to wait; then both judgements; then what was agreed."""

    office: Office

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me, found = self._mine(session, ref)
            if found.is_agreed:
                return redirect(f"/audits/{ref}")
            return self._as_it_stands(session, me, found)

    def post(self, ref: str) -> ResponseReturnValue:
        said = {name: value.strip()[:LONGEST] for name, value in request.form.items()}
        try:
            with self.office.record.writing() as session:
                me, found = self._mine(session, ref)
                told = self._take(session, me, found, said)
        except Faulty as faulty:
            return self._shown_back(ref, said, faulty), 422
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            flash(refusal.sentence, "refused")
            return redirect(f"/audits/{ref}/moderate", code=303)
        flash(told, "done")
        return redirect(f"/audits/{ref}/moderate", code=303)

    def _mine(self, session: Session, ref: str) -> tuple[Person, Moderation]:
        me = require_person(session, self.office)
        found = find.moderations.must_be(session, ref)
        found.reading_of(me)
        return me, found

    def _take(self, session: Session, me: Person, found: Moderation, said: Mapping[str, str]) -> str:
        """What was sent is an own judgement or an agreement, as the form says that it is."""
        audit = found.allocation
        if said.get("agreeing") == "yes":
            moderating.agree(session, self.office, audit.ref, as_agreed(said, audit), by=me)
            return "Thank you. What you agreed is kept, and the auditor is told."
        moderating.read(session, self.office, audit.ref, as_judged(said, audit), by=me)
        return "Thank you. Your judgement is kept."

    def _shown_back(self, ref: str, said: Mapping[str, str], faulty: Faulty) -> str:
        with self.office.record.reading() as session:
            me, found = self._mine(session, ref)
            errors = {fault.where: fault.sentence for fault in faulty.faults}
            return self._as_it_stands(session, me, found, said, errors)

    def _as_it_stands(
        self,
        session: Session,
        me: Person,
        found: Moderation,
        said: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> str:
        audit, returned = found.allocation, moderating.return_of(session, found)
        known = {"audit": audit, "tool": tool_of(audit), "partner": found.partner_of(me), "errors": errors or {}}
        if found.reading_of(me).read_at is None:
            evidence = {each.question_key: each.evidence for each in returned.judgements}
            return render_template(
                "moderation/blind.html",
                **known,
                questions=questions_of(audit),
                evidence=evidence,
                returned=returned,
                said=said or {},
            )
        if not found.all_have_read:
            return render_template("moderation/wait.html", **known)
        lines, actions = lines_of(audit, returned, found), list(find.actions.of_allocation(session, audit))
        return render_template(
            "moderation/agree.html",
            **known,
            lines=lines,
            readings=found.readings,
            returned=returned,
            said=said or preselected(lines, found, returned, actions),
            reasons=TO_CHOOSE,
            marks=MARK_LABELS,
            thin_impact=is_thin(returned.impact),
        )


def safety_for(me: Person, audit: Allocation, returned: Return) -> str:
    """The safety answer, never for the team: left out only at times, its absence would tell of a worry there."""
    in_team = me.works_in(audit.case.team) or audit.case.social_worker is me
    return "" if in_team or returned.safety is None else SAFETY_LABELS[returned.safety]


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("moderation", __name__, url_prefix="/audits")
    blueprint.add_url_rule("/<ref>", view_func=AuditPage.as_view("audit", office))
    blueprint.add_url_rule("/<ref>/moderate", view_func=ModeratePage.as_view("moderate", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
