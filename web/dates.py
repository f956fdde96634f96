"""The dates of a month: all of them, and what moves with one before anything is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from programme import dates
from programme.refusals import Fault, Faulty, NotAllowed, NotFound, Refusal
from programme.words import RoundState
from storage import dating, find
from storage.office import Office
from storage.session import Session
from web.filled import day
from web.rounds import RoundPage
from web.sign_in import NobodyHere, to_sign_in


@dataclass(frozen=True)
class DatesPage(RoundPage):
    """First what would move is shown; a second press moves it."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._runner(session)
            return self._page(session, month)

    def post(self, month: str) -> ResponseReturnValue:
        said = {name: words.strip() for name, words in request.form.items()}
        try:
            chosen = _chosen(said)
            if said.get("sure") != "yes":
                return self._look(month, said, chosen)
            with self.office.record.writing() as session:
                dating.move(session, self.office, month, chosen, self._runner(session))
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            faults = refusal.faults if isinstance(refusal, Faulty) else (Fault("The dates", refusal.sentence),)
            with self.office.record.reading() as session:
                self._runner(session)
                return self._page(session, month, said=said, faults=faults), 422
        flash("The dates are moved. Reminders follow them.", "done")
        return redirect(f"/rounds/{month}", code=303)

    def _look(self, month: str, said: Mapping[str, str], chosen: Mapping[str, date]) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._runner(session)
            return self._page(session, month, said=said, chosen=chosen)

    def _page(
        self,
        session: Session,
        month: str,
        *,
        said: Mapping[str, str] | None = None,
        chosen: Mapping[str, date] | None = None,
        faults: Sequence[Fault] = (),
    ) -> str:
        of, today = find.rounds.of_month(session, month), self.office.today(session)
        return render_template(
            "rounds/dates.html",
            round=of,
            lines=dates.lines(of, chosen or {}, today=today, rules=self.office.rules),
            can_move=of.state in {RoundState.PLANNED, RoundState.OPEN},
            labels=dates.LABELS,
            chosen=chosen or {},
            said=said or {},
            faults=faults,
        )


def _chosen(said: Mapping[str, str]) -> dict[str, date]:
    name = said.get("which", "")
    if name not in dates.LABELS:
        raise Refusal("Choose which date moves.", field="which")
    to = day(said, "to")
    if to is None:
        raise Refusal("Say to which day it moves.", field="to")
    return {name: to}


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("dates", __name__, url_prefix="/rounds")
    blueprint.add_url_rule("/<month>/dates", view_func=DatesPage.as_view("dates", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
