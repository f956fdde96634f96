"""One action: what is asked, what became of it, and every step that its reader may take; and withdrawing it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme import extending, looking_again, passing_on
from programme.action_words import LOOKED_LABELS
from programme.actions import Action
from programme.checking import TO_BE_CHECKED
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.words import Priority
from storage import acting, find
from storage.action_circle import decider, moderators_of, who_may_own
from storage.office import Office
from storage.session import Session
from web.action_steps import CONFIRM, step_named, typed
from web.sign_in import require_person

NONE_SUCH = "We cannot find that action."


@dataclass(frozen=True)
class ActionPage(MethodView):
    office: Office

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            today = self.office.today(session).isoformat()
            return self._page(session, ref, {"done_on": today, "recorded_on": today, "discuss_day": today})

    def post(self, ref: str) -> ResponseReturnValue:
        name, said = request.form.get("step", CONFIRM), typed(request.form)
        try:
            with self.office.record.writing() as session:
                me = require_person(session, self.office)
                acting.must_be_seen(session, self.office, ref, me)
                flash(step_named(name)(session, self.office, ref, me, said), "done")
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                return self._page(session, ref, said, {field_of(name, refusal): refusal.sentence}), 422
        return redirect(self._where_it_is(ref), code=303)

    def _where_it_is(self, ref: str) -> str:
        """Back to the action; who may not see it any more, as after declining it, goes to what is theirs."""
        with self.office.record.reading() as session:
            me = require_person(session, self.office)
            try:
                acting.must_be_seen(session, self.office, ref, me)
            except NotAllowed:
                return "/actions"
        return f"/actions/{ref}"

    def _page(
        self, session: Session, ref: str, said: Mapping[str, str], errors: Mapping[str, str] | None = None
    ) -> str:
        me = require_person(session, self.office)
        action = acting.must_be_seen(session, self.office, ref, me)
        return render_template(
            "actions/action.html",
            action=action,
            checks=[each for each in find.checks.ever_of(session, action) if each.why in TO_BE_CHECKED],
            now=self.office.now(session),
            said=said,
            errors=errors or {},
            **self._steps(session, action, me),
            **self._asked(session, action, me),
        )

    def _steps(self, session: Session, action: Action, me: Person) -> dict[str, object]:
        """What its owner may do."""
        today = self.office.today(session)
        own = action.is_open and me.can_confirm(action, today)
        extensions = find.action_steps.extensions(session, action)
        return {
            "own": own,
            "asked_for": extending.waiting(extensions),
            "extensions": extensions,
            "may_move": own and extending.is_ones_own(action, extensions),
            "latest": extending.latest(action, self.office.rules),
            "has_time": action.priority is not Priority.IMMEDIATE,
            "owners": who_may_own(session, action, on=today) if action.is_open else [],
            "lines": find.history.lines(session, about=action.ref, on=None, before=None, at_most=50)[::-1],
        }

    def _asked(self, session: Session, action: Action, me: Person) -> dict[str, object]:
        """What waits for somebody's answer, and whether it is this reader's."""
        today = self.office.today(session)
        passings, looks = find.action_steps.passings(session, action), find.action_steps.looks(session, action)
        passed, head = passing_on.waiting(passings), decider(session, action, me, on=today)
        settles = action.is_open and me.can_settle(action, moderators_of(session, action, on=today))
        return {
            "passings": passings,
            "passed": passed,
            "is_asked": passed is not None and action.is_open and me.can_accept_action(passed),
            "decides": action.is_open and head.can_decide_on_action(action),
            "looks": looks,
            "doubted": looking_again.waiting(looks),
            "settles": settles,
            "answers": LOOKED_LABELS,
            "priorities": list(Priority),
        }


@dataclass(frozen=True)
class WithdrawPage(MethodView):
    """Asks first: what is withdrawn is not taken up again."""

    office: Office

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session, ref)

    def post(self, ref: str) -> ResponseReturnValue:
        said = typed(request.form)
        try:
            with self.office.record.writing() as session:
                me = require_person(session, self.office)
                acting.withdraw(session, self.office, ref, said.get("why", ""), by=me)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                return self._page(session, ref, said, {refusal.field or "why": refusal.sentence}), 422
        flash(f"{ref} is withdrawn, and its owner is told.", "done")
        return redirect(f"/actions/{ref}", code=303)

    def _page(
        self,
        session: Session,
        ref: str,
        said: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> str:
        me, today = require_person(session, self.office), self.office.today(session)
        action = find.actions.by_ref(session, ref)
        if not me.can_settle(action, moderators_of(session, action, on=today)):
            raise NotFound(NONE_SUCH)
        return render_template("actions/withdraw.html", action=action, said=said or {}, errors=errors or {})


def field_of(step: str, refusal: Refusal) -> str:
    """Where a step's fault stands: under its field, or beside the step."""
    if step == CONFIRM:
        return refusal.field or "done"
    return f"{step}_{refusal.field or 'step'}"
