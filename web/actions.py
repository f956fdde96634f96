"""One action: what is to be done for a child, who owns it and by when; and the form that says that it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.actions import Action, Confirmation
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from storage import acting, find
from storage.office import Office
from storage.session import Session
from web.sign_in import NobodyHere, require_person, to_sign_in

FIELDS = ("done", "done_on", "changed", "recorded_on")


@dataclass(frozen=True)
class ActionPage(MethodView):
    office: Office

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me, action = self._seen(session, ref)
            today = self.office.today(session).isoformat()
            return self._page(session, me, action, {"done_on": today, "recorded_on": today})

    def post(self, ref: str) -> ResponseReturnValue:
        said = {name: request.form.get(name, "").strip() for name in FIELDS}
        try:
            with self.office.record.writing() as session:
                me, _ = self._seen(session, ref)
                acting.confirm(session, self.office, ref, as_confirmation(said), by=me)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                me, action = self._seen(session, ref)
                errors = {refusal.field or "done": refusal.sentence}
                return self._page(session, me, action, said, errors), 422
        flash(f"Thank you. {ref} is done, and the auditor is told that it is.", "done")
        return redirect(f"/actions/{ref}", code=303)

    def _seen(self, session: Session, ref: str) -> tuple[Person, Action]:
        me = require_person(session, self.office)
        action = find.actions.by_ref(session, ref)
        if not me.can_see_action(action):
            raise NotFound("We cannot find that action.")
        return me, action

    def _page(
        self,
        session: Session,
        me: Person,
        action: Action,
        said: Mapping[str, str],
        errors: Mapping[str, str] | None = None,
    ) -> str:
        return render_template(
            "actions/action.html",
            action=action,
            may_confirm=action.is_open and me.can_confirm(action),
            now=self.office.now(session),
            said=said,
            errors=errors or {},
        )


def as_confirmation(said: Mapping[str, str]) -> Confirmation:
    """The fields as typed; a day that is none is refused under its field."""
    return Confirmation(said["done"], _day(said, "done_on"), said["changed"], _day(said, "recorded_on"))


def _day(said: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(said[name]) if said[name] else None
    except ValueError as error:
        msg = "This is not a day. Write it as 2017-10-31."
        raise Refusal(msg, field=name) from error


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("actions", __name__, url_prefix="/actions")
    blueprint.add_url_rule("/<ref>", view_func=ActionPage.as_view("action", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
