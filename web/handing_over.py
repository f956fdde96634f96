"""The page on which several actions go to another owner at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.actions import Action
from programme.overseeing import Wanted
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from storage import find, handing_over
from storage.office import Office
from storage.session import Session
from web.sign_in import require_person

REF, TO = "ref", "to"


@dataclass(frozen=True)
class HandOverPage(MethodView):
    """What is open of what the filters of the list let through, as far as the reader may hand it over."""

    office: Office

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session, self._who(session), {})

    def post(self) -> ResponseReturnValue:
        try:
            with self.office.record.writing() as session:
                me, chosen = self._who(session), request.form.getlist(REF)
                done = handing_over.hand_over(session, self.office, chosen, request.form.get(TO, ""), me)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                return self._page(session, self._who(session), {refusal.field or REF: refusal.sentence}), 422
        many = "1 action is" if len(done.actions) == 1 else f"{len(done.actions)} actions are"
        flash(f"{many} with {done.to.name} now. Everybody concerned gets one message.", "done")
        return redirect("/actions", code=303)

    def _who(self, session: Session) -> Person:
        me = require_person(session, self.office)
        if not me.can_hand_actions_over():
            raise NotAllowed("Those who run the month hand actions over, and Heads of Service in their own service.")
        return me

    def _page(self, session: Session, me: Person, errors: Mapping[str, str]) -> str:
        said = {name: words.strip() for name, words in request.args.items()}
        return render_template(
            "actions/hand_over.html",
            actions=self._open(session, me, Wanted.of(said)),
            takers={who.email: who.name for who in handing_over.who_may_own(session, self.office, me)},
            said={REF: ";".join(request.form.getlist(REF)), TO: request.form.get(TO, "")},
            errors=errors,
        )

    def _open(self, session: Session, me: Person, wanted: Wanted) -> Sequence[Action]:
        at, calendar = self.office.now(session), self.office.rules.calendar
        found = find.actions.seen_by(session, me, wanted, at=at, calendar=calendar)
        return [each for each in found if each.is_open and me.can_hand_over(each)]
