"""What somebody does with the outcome that they read on an audit's page: acknowledge it, answer, say if it helped."""

from collections.abc import Callable, Mapping

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from programme.outcome_words import SaidKind
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from storage import outcomes
from storage.office import Office
from storage.session import Session
from web.moderation import AuditPage
from web.sign_in import NobodyHere, to_sign_in

Said = Mapping[str, str]
Step = Callable[[Session, Office, str, Person, Said], str]
"""What is done, and the sentence that says so."""


class OutcomeSteps(AuditPage):
    """Each is a small form of the audit's page, which shows what is wrong with it under its field."""

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self.read_by(session, ref)
        return redirect(f"/audits/{ref}#outcome", code=303)

    def post(self, ref: str) -> ResponseReturnValue:
        said = {name: words.strip() for name, words in request.form.items()}
        step = said.get("step", "")
        try:
            with self.office.record.writing() as session:
                me, *_ = self.read_by(session, ref)
                flash(_step(step)(session, self.office, ref, me, said), "done")
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            if not refusal.field:
                flash(refusal.sentence, "refused")
                return redirect(f"/audits/{ref}", code=303)
            field = f"{step}_words" if refusal.field == "words" else refusal.field
            with self.office.record.reading() as session:
                return self.shown(session, ref, said, {field: refusal.sentence}), 422
        return redirect(f"/audits/{ref}", code=303)


def _acknowledge(session: Session, office: Office, ref: str, me: Person, _said: Said) -> str:
    outcomes.opened(session, office, ref, by=me)
    outcomes.acknowledge(session, office, ref, by=me)
    return "Thank you. It is noted that you have this outcome."


def _answer(session: Session, office: Office, ref: str, me: Person, said: Said) -> str:
    words, anyway = said.get("answer_words", ""), said.get("anyway") == "yes"
    outcomes.say(session, office, ref, SaidKind.ANSWER, words, by=me, anyway=anyway)
    return "Thank you. Your answer stands beside the audit, and its auditor is told of it."


def _mistake(session: Session, office: Office, ref: str, me: Person, said: Said) -> str:
    words, anyway = said.get("mistake_words", ""), said.get("anyway") == "yes"
    outcomes.say(session, office, ref, SaidKind.MISTAKE, words, by=me, anyway=anyway)
    return "Thank you. Those who moderated it are told, and you hear what they say."


def _helped(session: Session, office: Office, ref: str, me: Person, said: Said) -> str:
    outcomes.say_it_helped(session, office, ref, said.get("helped", ""), said.get("helped_words", ""), by=me)
    return "Thank you for saying so."


STEPS: Mapping[str, Step] = {
    "acknowledge": _acknowledge,
    "answer": _answer,
    "mistake": _mistake,
    "helped": _helped,
}


def _step(name: str) -> Step:
    if name not in STEPS:
        raise NotFound("There is nothing of that name to do here.")
    return STEPS[name]


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("outcome", __name__, url_prefix="/audits")
    blueprint.add_url_rule("/<ref>/outcome", view_func=OutcomeSteps.as_view("outcome", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
