"""The start page: what needs me. And what we hold of me."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme import swap_asking
from programme.exceptions import exceptions
from programme.moderation import Moderation
from programme.people import Person
from programme.post_words import standstill
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.rounds import Round
from programme.words import Way
from storage import alarming, find, learning, made_safe, roll_checking, staffing, turning
from storage.office import Office
from storage.session import Session
from web.rounds import WORDS
from web.sign_in import NobodyHere, require_person, to_sign_in


class HomePage(MethodView):
    """Actions first, then audits, then the month, each only where there is any."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = require_person(session, self.office)
            of = find.rounds.current(session) if me.can_see_round() else None
            today = self.office.today(session)
            audits = find.allocations.open_with(session, me)
            return render_template(
                "home/home.html",
                me=me,
                today=today,
                now=self.office.now(session),
                actions=find.actions.that_may_be_confirmed_by(session, me, today),
                checks=find.checks.waiting_for(session, me),
                alerts=find.alerts.told_to(session, me),
                to_say=learning.to_say(session, self.office, me),
                standing=made_safe.standing_for(session, self.office, me),
                to_moderate=find.moderations.waiting_for(session, me),
                back=find.moderations.back_with(session, me),
                to_decide=self._to_decide(session, me),
                chosen=find.samples.waiting_to_speak(session, me),
                roll_checks=roll_checking.waiting_for(session, self.office, me),
                asked=find.swaps.waiting_for(session, me),
                audits=audits,
                asking=[each for each in find.chasing.audits_asking(session) if me.can_give_more_time(each)],
                in_time={each.ref for each in audits if not swap_asking.why_not_now(each, holder=me, today=today)},
                round=of,
                stands=find.rounds.standing_of(session, of) if of else None,
                exceptions=self._exceptions(session, of) if me.can_run_rounds() else [],
                standstill=standstill(find.notices.switch(session)) if me.can_change_messages() else "",
            )

    def _to_decide(self, session: Session, me: Person) -> list[Moderation]:
        """Where a pair does not agree, and it is I who decides."""
        today, disputed = self.office.today(session), find.moderations.disputed(session)
        return [
            each for each in disputed if me.can_decide_moderation(find.moderations.deciders(session, each, on=today))
        ]

    def post(self) -> ResponseReturnValue:
        """'I have this', pressed on the start page."""
        try:
            with self.office.record.writing() as session:
                me = require_person(session, self.office)
                alert = alarming.take(session, self.office, request.form.get("alert", ""), me)
                flash(f"You have this, and the others are told so. Ring {alert.raised_by.name} now.", "done")
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            flash(refusal.sentence, "refused")
        return redirect("/", code=303)

    def _exceptions(self, session: Session, of: Round | None) -> list[str]:
        today, rules = self.office.today(session), self.office.rules
        found = find.exceptions.found(session, of, today=today, rules=rules)
        return [each.said for each in exceptions(found, today)]


class MePage(MethodView):
    def __init__(self, office: Office) -> None:
        self.office = office

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = require_person(session, self.office)
            return render_template(
                "home/me.html",
                me=me,
                turns=turning.said_to(session, self.office, me),
                held=find.allocations.held_by(session, me),
                words=WORDS,
                has_email=self.office.has_email,
            )

    def post(self) -> ResponseReturnValue:
        """How messages are to reach me."""
        by_email = request.form.get("way") == Way.EMAIL
        with self.office.record.writing() as session:
            me = require_person(session, self.office)
            staffing.choose_way(session, self.office, me, me, by_email=by_email)
        flash(f"Messages reach you {'by e-mail' if by_email else 'in chat'} from now on.", "done")
        return redirect("/me", code=303)


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("home", __name__)
    blueprint.add_url_rule("/", view_func=HomePage.as_view("home", office))
    blueprint.add_url_rule("/me", view_func=MePage.as_view("me", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
