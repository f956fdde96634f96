"""Several actions confirmed on one screen: those that are whole are kept, the others come back with what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.actions import Action, by_urgency
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from storage import acting, find
from storage.office import Office
from storage.session import Session
from web.action_steps import as_confirmation, typed
from web.sign_in import require_person

WORDS = ("done", "changed", "recorded_where")
"""Where one of these is filled in, an action is meant to be confirmed; days stand there already."""


@dataclass(frozen=True)
class ConfirmSeveralPage(MethodView):
    office: Office

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = require_person(session, self.office)
            return self._page(session, me, {}, {})

    def post(self) -> ResponseReturnValue:
        said, errors = typed(request.form), {}
        with self.office.record.reading() as session:
            me = require_person(session, self.office)
            meant = [each.ref for each in self._mine(session, me) if is_meant(said, each.ref)]
        done = []
        for ref in meant:
            refusal = self._confirmed(ref, said)
            if refusal is None:
                done.append(ref)
            else:
                errors[f"{ref}.{refusal.field or 'done'}"] = f"{ref}: {refusal.sentence}"
        if done:
            flash(f"Thank you. Done: {', '.join(done)}. The auditors are told.", "done")
        if not errors and done:
            return redirect("/actions/confirm", code=303)
        with self.office.record.reading() as session:
            me = require_person(session, self.office)
            return self._page(session, me, said, errors or {"several": "Fill in at least one of them."}), 422

    def _confirmed(self, ref: str, said: Mapping[str, str]) -> Refusal | None:
        """Each in a transaction of its own, so that one that is not whole keeps back no other."""
        try:
            with self.office.record.writing() as session:
                me = require_person(session, self.office)
                acting.confirm(session, self.office, ref, as_confirmation(said, f"{ref}."), by=me)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            return refusal
        return None

    def _mine(self, session: Session, me: Person) -> Sequence[Action]:
        """The most urgent first; for who never has any there is no such page."""
        mine = find.actions.that_may_be_confirmed_by(session, me, self.office.today(session))
        if not mine and not me.can_have_actions():
            raise NotFound("There is nothing of that name to do here.")
        return by_urgency(mine, at=self.office.now(session))

    def _page(self, session: Session, me: Person, said: Mapping[str, str], errors: Mapping[str, str]) -> str:
        return render_template(
            "actions/several.html",
            actions=self._mine(session, me),
            me=me,
            now=self.office.now(session),
            today=self.office.today(session).isoformat(),
            said=said,
            errors=errors,
        )


def is_meant(said: Mapping[str, str], ref: str) -> bool:
    return any(said.get(f"{ref}.{name}") for name in WORDS)
