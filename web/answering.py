"""What can be said of one audit beside sending it: by its auditor, and by who leads them in their place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme import more_time, reminders
from programme.allocations import Allocation
from programme.has_come import HasCome
from programme.people import Person
from programme.reasons import THANKS
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.words import REASON_LABELS, Reason
from storage import answering, find, reasons
from storage import more_time as kept
from storage.office import Office
from storage.session import Session
from web.sign_in import NobodyHere, require_person, to_sign_in

SENT_IT = "sent_it"

Step = Callable[[Session, Office, str, Person, Mapping[str, str]], str]
"""What is done, and the sentence that says so."""


@dataclass(frozen=True)
class AnswerPage(MethodView):
    office: Office

    def get(self, ref: str) -> ResponseReturnValue:
        """The answers to choose from; with 'I've sent it' pressed, also whether it is here, which changes nothing."""
        with self.office.record.reading() as session:
            if request.args.get("step") != SENT_IT:
                return self._page(session, ref)
            try:
                found = answering.has_come(session, ref, require_person(session, self.office))
            except (NotAllowed, NotFound):
                raise
            except Refusal as refusal:
                return self._page(session, ref, {SENT_IT: refusal.sentence}), 422
            return self._page(session, ref, found=found)

    def post(self, ref: str) -> ResponseReturnValue:
        name = request.form.get("step", "")
        try:
            with self.office.record.writing() as session:
                me = require_person(session, self.office)
                flash(_step(name)(session, self.office, ref, me, request.form), "done")
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                field = refusal.field if refusal.field in WITH_FIELDS else name
                return self._page(session, ref, {field: refusal.sentence}), 422
        return redirect("/", code=303)

    def _page(
        self, session: Session, ref: str, errors: Mapping[str, str] | None = None, found: HasCome | None = None
    ) -> str:
        me = require_person(session, self.office)
        audit = _led(session, ref)
        if not me.can_give_reason_for(audit):
            raise NotFound("We cannot find that audit.")
        at, rules, own = self.office.now(session), self.office.rules, audit.holder is me
        may_have = own and audit.is_open and more_time.may_be_had(audit, at=at, rules=rules)
        return render_template(
            "answering/audit.html",
            audit=audit,
            own=own,
            today=self.office.today(session),
            more_days=more_time.days_left(audit, at=at, rules=rules) if may_have else [],
            asks=not more_time.is_ones_own(audit),
            waits=more_time.answer_words(audit, rules),
            remind_days=reminders.days_to_name(audit, at=at, rules=rules) if own and audit.is_open else [],
            reasons=REASON_LABELS,
            found=found,
            errors=errors or {},
        )


def _led(session: Session, ref: str) -> Allocation:
    """An audit with who leads its holder."""
    find.allocations.by_ref(session, ref)  # says so where there is none
    [allocation] = find.chasing.audits(session, [ref])
    return allocation


def _on_track(session: Session, office: Office, ref: str, me: Person, _said: Mapping[str, str]) -> str:
    answering.on_track(session, office, ref, me)
    return "Thank you. It is noted that your audit is on its way."


def _more_time(session: Session, office: Office, ref: str, me: Person, said: Mapping[str, str]) -> str:
    audit = kept.have(session, office, ref, _day(said, "more_time", "Choose the day on which it will be ready."), me)
    if audit.asked_until is not None:
        return f"Your Head of Service is asked: {more_time.answer_words(audit, office.rules)}"
    return f"Your audit is due on {audit.due_on:%A %-d %B} now. Reminders follow the new date."


def _remind_me(session: Session, office: Office, ref: str, me: Person, said: Mapping[str, str]) -> str:
    to = _day(said, "remind_me", "Choose the day on which we remind you.")
    answering.remind_on(session, office, ref, to, me)
    return f"We remind you on {to:%A %-d %B}, and not before. The date of the audit stays."


def _cannot(session: Session, office: Office, ref: str, me: Person, said: Mapping[str, str]) -> str:
    if said.get("reason", "") not in set(Reason):
        msg = "Choose what stops you."
        raise Refusal(msg, field="reason")
    reason = Reason(said["reason"])
    audit = reasons.give(session, office, ref, reason, said.get("words", ""), me)
    return THANKS[reason] if audit.holder is me else f"Noted for {ref}: its auditor is not reminded of it any more."


def _give(session: Session, office: Office, ref: str, me: Person, _said: Mapping[str, str]) -> str:
    return f"Given: {ref} is due on {kept.give(session, office, ref, me).due_on:%A %-d %B} now. Its auditor is told."


def _refuse(session: Session, office: Office, ref: str, me: Person, _said: Mapping[str, str]) -> str:
    kept.refuse(session, office, ref, me)
    return f"The date of {ref} stays. Its auditor is told."


WITH_FIELDS = {"reason", "words"}
"""Every other step has one field, of its own name."""

STEPS: Mapping[str, Step] = {
    "on_track": _on_track,
    "more_time": _more_time,
    "remind_me": _remind_me,
    "cannot": _cannot,
    "give": _give,
    "refuse": _refuse,
}


def _step(name: str) -> Step:
    if name not in STEPS:
        raise NotFound("There is nothing of that name to do here.")
    return STEPS[name]


def _day(said: Mapping[str, str], name: str, ask: str) -> date:
    try:
        return date.fromisoformat(said.get(name, ""))
    except ValueError as error:
        raise Refusal(ask, field=name) from error


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("answering", __name__)
    blueprint.add_url_rule("/audits/<ref>/answer", view_func=AnswerPage.as_view("answer", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
