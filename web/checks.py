"""The check of a confirmed action: what was asked, what was said to be done, and whether the record shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.checking import Check, CheckAnswer
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from storage import checking, find
from storage.office import Office
from storage.session import Session
from web.sign_in import NobodyHere, require_person, to_sign_in

CHOICES = [
    {
        "value": CheckAnswer.SHOWN,
        "text": "The record shows it",
        "hint": "What was done, and what changed for the child.",
    },
    {
        "value": CheckAnswer.REOPENED,
        "text": "Reopen",
        "hint": "It goes back to its owner with a new date. They and their Head of Service are told.",
    },
]


@dataclass(frozen=True)
class CheckPage(MethodView):
    """For who was asked, before and after they have answered."""

    office: Office

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session, ref, {}, {})

    def post(self, ref: str) -> ResponseReturnValue:
        said = {name: request.form.get(name, "").strip() for name in ("answer", "words")}
        try:
            with self.office.record.writing() as session:
                me, _ = self._seen(session, ref)
                flash(self._answer(session, ref, said, me), "done")
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                return self._page(session, ref, said, {refusal.field or "answer": refusal.sentence}), 422
        return redirect("/", code=303)

    def _answer(self, session: Session, ref: str, said: Mapping[str, str], me: Person) -> str:
        if said["answer"] == CheckAnswer.SHOWN:
            checking.shown(session, self.office, ref, me)
            return f"Thank you. It is noted that the record shows {ref}."
        if said["answer"] != CheckAnswer.REOPENED:
            raise Refusal("Choose what the record shows.", field="answer")
        checking.reopen(session, self.office, ref, said["words"], me)
        return f"{ref} is open again. Its owner and their Head of Service are told."

    def _seen(self, session: Session, ref: str) -> tuple[Person, Check]:
        me = require_person(session, self.office)
        check = find.checks.of_action(session, ref)
        if not me.can_check(check):
            raise NotFound("We cannot find that check.")
        return me, check

    def _page(self, session: Session, ref: str, said: Mapping[str, str], errors: Mapping[str, str]) -> str:
        _, check = self._seen(session, ref)
        may_answer = check.waits and check.is_of_what_stands
        shown = {"check": check, "action": check.action, "may_answer": may_answer, "choices": CHOICES}
        return render_template("actions/check.html", **shown, said=said, errors=errors)


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("checks", __name__)
    blueprint.add_url_rule("/actions/<ref>/check", view_func=CheckPage.as_view("check", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
