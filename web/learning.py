"""How an audit was, and what its auditor or a moderator learnt from it: one question on a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.learning import WORTH_LABELS, who_reads_it
from programme.refusals import NotAllowed, NotFound, Refusal
from storage import learning
from storage.office import Office
from storage.session import Session
from web.sign_in import NobodyHere, require_person, to_sign_in

CHOICES = [{"value": worth, "text": label} for worth, label in WORTH_LABELS.items()]


@dataclass(frozen=True)
class LearntPage(MethodView):
    office: Office

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session, ref, {}, {})

    def post(self, ref: str) -> ResponseReturnValue:
        said = {name: request.form.get(name, "").strip() for name in ("worth", "words")}
        try:
            with self.office.record.writing() as session:
                me = require_person(session, self.office)
                learning.say(session, self.office, ref, said["worth"], said["words"], me)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                return self._page(session, ref, said, {refusal.field or "worth": refusal.sentence}), 422
        flash("Thank you. What you learnt stands in your own record, under Competency.", "done")
        return redirect("/", code=303)

    def _page(self, session: Session, ref: str, said: Mapping[str, str], errors: Mapping[str, str]) -> str:
        audit, after = learning.asked_of(session, ref, require_person(session, self.office))
        enough = self.office.rules.policy.competency.from_answers
        shown = {"audit": audit, "after": after, "choices": CHOICES, "who_reads_it": who_reads_it(enough)}
        return render_template("learning/learnt.html", **shown, said=said, errors=errors)


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("learning", __name__)
    blueprint.add_url_rule("/audits/<ref>/learnt", view_func=LearntPage.as_view("learnt", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
