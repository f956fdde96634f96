"""Two steps that others take of an auditor: a Head of Service evaluates, and leadership signs off."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.competency import NOT_FOR_APPRAISAL, Evaluated
from programme.refusals import NotAllowed, NotFound, Refusal
from storage import competency
from storage.office import Office
from storage.session import Session
from web.sign_in import NobodyHere, require_person, to_sign_in

YES_OR_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class EvaluatePage(MethodView):
    """For a Head of Service who is asked, until they have said it."""

    office: Office

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session, ref)

    def post(self, ref: str) -> ResponseReturnValue:
        said = request.form
        try:
            with self.office.record.writing() as session:
                me = require_person(session, self.office)
                given = Evaluated(
                    evidence=said.get("evidence", ""),
                    words=said.get("words", ""),
                    recommends=YES_OR_NO.get(said.get("recommends", "")),
                    audits=said.getlist("audits"),
                )
                found = competency.evaluate(session, self.office, ref, given, me)
                flash(f"Thank you. Your evaluation is kept, and {found.person.name} may read it and answer.", "done")
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            if not refusal.field:
                raise
            with self.office.record.reading() as session:
                kept = {**said.to_dict(), "audits": ";".join(said.getlist("audits"))}
                return self._page(session, ref, kept, {refusal.field: refusal.sentence}), 422
        return redirect("/competency", code=303)

    def _page(
        self,
        session: Session,
        ref: str,
        said: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> str:
        found, audits = competency.to_evaluate(session, ref, require_person(session, self.office))
        return render_template(
            "competency/evaluate.html",
            candidacy=found,
            audits={each.ref: each.ref for each in reversed(audits)},
            said=said or {},
            errors=errors or {},
            not_for_appraisal=NOT_FOR_APPRAISAL,
        )


@dataclass(frozen=True)
class SignOffPage(MethodView):
    """For leadership, once both recommend: the two evaluations, and the decision. The profile is not shown here."""

    office: Office

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session, ref)

    def post(self, ref: str) -> ResponseReturnValue:
        said = request.form
        try:
            with self.office.record.writing() as session:
                me, agrees = require_person(session, self.office), YES_OR_NO.get(said.get("agrees", ""))
                found = competency.decide(session, self.office, ref, said.get("words", ""), me, agrees=agrees)
                told = "is competent from today" if found.signed_off else "goes on developing, and reads your words"
                flash(f"Thank you. {found.person.name} {told}.", "done")
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            if not refusal.field:
                raise
            with self.office.record.reading() as session:
                return self._page(session, ref, said, {refusal.field: refusal.sentence}), 422
        return redirect("/competency", code=303)

    def _page(
        self,
        session: Session,
        ref: str,
        said: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> str:
        found = competency.for_leadership(session, ref, require_person(session, self.office))
        return render_template(
            "competency/sign_off.html",
            candidacy=found,
            said=said or {},
            errors=errors or {},
            not_for_appraisal=NOT_FOR_APPRAISAL,
        )


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("competency_steps", __name__, url_prefix="/competency")
    blueprint.add_url_rule("/evaluations/<ref>", view_func=EvaluatePage.as_view("evaluate", office))
    blueprint.add_url_rule("/sign-offs/<ref>", view_func=SignOffPage.as_view("sign_off", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
