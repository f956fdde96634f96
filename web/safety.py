"""An alert about a child's safety: who has it, what was done, and the two steps to its end."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.made_safe import Seen
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from storage import alarming, find, made_safe
from storage.office import Office
from storage.session import Session
from web.action_steps import Said, Step, day_of, typed
from web.sign_in import NobodyHere, require_person, to_sign_in

NONE_SUCH = "We cannot find that alert."


@dataclass(frozen=True)
class AlertPage(MethodView):
    """For who was told of it, who owns it, and who may agree to its end."""

    office: Office

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session, ref, {"day": self.office.today(session).isoformat()}, {})

    def post(self, ref: str) -> ResponseReturnValue:
        said = typed(request.form)
        try:
            with self.office.record.writing() as session:
                me = self._may_see(session, ref)
                flash(_step(said.get("step", ""))(session, self.office, ref, me, said), "done")
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            if refusal.by_field:
                with self.office.record.reading() as session:
                    return self._page(session, ref, said, refusal.by_field), 422
            flash(refusal.sentence, "refused")
        return redirect(f"/safety/{ref}", code=303)

    def _may_see(self, session: Session, ref: str) -> Person:
        me, alert = require_person(session, self.office), find.alerts.by_ref(session, ref)
        if not me.can_see_alert(alert, find.alerts.told(session, ref), self.office.today(session)):
            raise NotFound(NONE_SUCH)
        return me

    def _page(self, session: Session, ref: str, said: Mapping[str, str], errors: Mapping[str, str]) -> str:
        me = self._may_see(session, ref)
        alert, told = find.alerts.by_ref(session, ref), find.alerts.told(session, ref)
        return render_template(
            "safety/alert.html",
            alert=alert,
            may_take=alert.taken_at is None and me.can_take_alert(told),
            may_say=alert.seen_at is None and me.can_say_made_safe(alert, self.office.today(session)),
            may_agree=alert.seen_at is not None and not alert.is_over and me.can_agree_that_safe(alert, told),
            said=said,
            errors=errors,
        )


def _take(session: Session, office: Office, ref: str, me: Person, _said: Said) -> str:
    alert = alarming.take(session, office, ref, me)
    return f"You have this, and the others are told so. Ring {alert.raised_by.name} now."


def _made_safe(session: Session, office: Office, ref: str, me: Person, said: Said) -> str:
    seen = Seen.typed(said.get("words", ""), day_of(said, "day", "day"), said.get("hour", ""))
    made_safe.say(session, office, ref, seen, me)
    return "Thank you. It is noted, and a Head of Service who does not own this is asked to agree."


def _agree(session: Session, office: Office, ref: str, me: Person, _said: Said) -> str:
    made_safe.agree(session, office, ref, me)
    return "Thank you. The alert has come to its end, and everybody who was told of it hears so."


STEPS: Mapping[str, Step] = {"take": _take, "made_safe": _made_safe, "agree": _agree}


def _step(name: str) -> Step:
    if name not in STEPS:
        raise Refusal("Press one of the buttons on this page.")
    return STEPS[name]


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("safety", __name__)
    blueprint.add_url_rule("/safety/<ref>", view_func=AlertPage.as_view("alert", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
