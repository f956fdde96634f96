"""A month's outcomes: those that wait, with whom each child is now; several are sent by one confirmed press."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from programme.outcome_words import COPY_LABELS, HELPED_LABELS
from programme.outcomes import AsKnown, Outcome
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.words import Role
from storage import find, outcomes
from storage.office import Office
from storage.outcomes import Confirmed
from storage.session import Session
from web.rounds import RoundPage
from web.sign_in import NobodyHere, require_person, to_sign_in

Choices = list[dict[str, str]]


@dataclass(frozen=True)
class OutcomesPage(RoundPage):
    """Ticked and sent: first tried, to say who would be told what, then done."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session, month)

    def post(self, month: str) -> ResponseReturnValue:
        chosen, sure = _confirmed(), "sure" in request.form
        try:
            with self.office.record.writing(only_try=not sure) as session:
                me = self._runner(session)
                sent = outcomes.send(session, self.office, chosen, by=me)
                asked = "" if sure else self._asked(session, month, sent, chosen)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                return self._page(session, month, request.form, {refusal.field or "send": refusal.sentence}), 422
        if asked:
            return asked
        many = "1 outcome is" if len(sent) == 1 else f"{len(sent)} outcomes are"
        flash(f"{many} sent. Everybody whom they concern gets one message in the next minute.", "done")
        return redirect(f"/rounds/{month}/outcomes", code=303)

    def _asked(self, session: Session, month: str, sent: Sequence[Outcome], chosen: Sequence[Confirmed]) -> str:
        """Who would be told what, drawn while it is only tried."""
        begin = {each.allocation.ref: _begin(session, each) for each in sent}
        of = find.rounds.of_month(session, month)
        return render_template(
            "outcomes/sure.html", round=of, sent=sent, chosen=chosen, begin=begin, labels=COPY_LABELS
        )

    def _page(
        self,
        session: Session,
        month: str,
        said: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> str:
        me, of = self._reads(session), find.rounds.of_month(session, month)
        known = outcomes.waiting(session, self.office, month)
        today = self.office.today(session)
        workers = find.people.with_role(session, Role.SOCIAL_WORKER, on=today)
        return render_template(
            "outcomes/month.html",
            round=of,
            waiting=known,
            late={each.ref for each in known if each.outcome.is_late(today, self.office.rules)},
            sends=me.can_send_outcomes(),
            teams=[{"value": str(each.id), "text": each.name} for each in find.people.teams(session)],
            workers={each.ref: _workers(workers, each) for each in known},
            sent=find.outcomes.sent(session, of),
            labels=COPY_LABELS,
            helped=find.outcomes.helped(session, of),
            helped_labels=HELPED_LABELS,
            names_who_was_helped=me.can_see_who_was_helped(),
            said=said if said is not None else _as_shown(known),
            ticked=request.form.getlist("send") if said is not None else [e.ref for e in known if not e.changed],
            errors=errors or {},
        )

    def _reads(self, session: Session) -> Person:
        me = require_person(session, self.office)
        if not me.can_see_outcomes():
            raise NotAllowed("Those who run the month send outcomes.")
        return me


def _confirmed() -> list[Confirmed]:
    """The ticked ones, each as its fields say."""
    said = request.form
    return [
        Confirmed(ref, said.get(f"team-{ref}", ""), said.get(f"worker-{ref}", ""))
        for ref in dict.fromkeys(said.getlist("send"))
    ]


def _as_shown(known: Sequence[AsKnown]) -> dict[str, str]:
    """What is chosen in each field before anybody changes it."""
    shown = [outcomes.as_shown(each) for each in known]
    teams = {f"team-{each.ref}": each.team for each in shown}
    return teams | {f"worker-{each.ref}": each.worker for each in shown}


def _workers(here: Sequence[Person], known: AsKnown) -> Choices:
    """Every social worker in post, and whoever is on the record, by name and team."""
    listed = [*here, *([known.worker] if known.worker and known.worker not in here else [])]
    named = [(who.email, f"{who.name}, {who.team.name if who.team else 'no team'}") for who in listed]
    return [{"value": "", "text": "Nobody"}, *({"value": email, "text": text} for email, text in named)]


def _begin(session: Session, sent: Outcome) -> str:
    """Which actions begin with it, and with whom."""
    started = [each for each in find.actions.of_allocation(session, sent.allocation) if each.sent_at == sent.sent_at]
    if not started:
        return ""
    many = "1 action begins" if len(started) == 1 else f"{len(started)} actions begin"
    return f"{many} with {started[0].owner.name}."


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("outcomes", __name__, url_prefix="/rounds")
    blueprint.add_url_rule("/<month>/outcomes", view_func=OutcomesPage.as_view("outcomes", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
