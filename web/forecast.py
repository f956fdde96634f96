"""A month's forecast: the arithmetic first, then what is likely, what it rests on, and how to close the gap."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from programme.refusals import NotAllowed, NotFound, Refusal
from storage import find, forecasting
from storage.office import Office
from storage.session import Session
from web.rounds import RoundPage
from web.sign_in import NobodyHere, to_sign_in


@dataclass(frozen=True)
class ForecastPage(RoundPage):
    """Made anew as the page is opened; beside it how it changed from day to day."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._runner(session)
            return self._page(session, month)

    def post(self, month: str) -> ResponseReturnValue:
        """Another target; whose decision it was stands with it."""
        said = request.form.get("target", "").strip()
        try:
            with self.office.record.writing() as session:
                by = self._runner(session)
                forecasting.set_target(session, self.office, month, _number(said), by)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                return self._page(session, month, said, refusal.sentence), 422
        flash(f"The month aims at {said} now, and your name stands with it.", "done")
        return redirect(f"/rounds/{month}/forecast", code=303)

    def _page(self, session: Session, month: str, said: str = "", error: str = "") -> str:
        of = find.rounds.of_month(session, month)
        if of.imported or of.distribute_on is None:
            raise NotFound("A past month has no forecast.")
        return render_template(
            "rounds/forecast.html",
            round=of,
            made=forecasting.made(session, self.office, month),
            kept=find.forecasts.kept(session, month),
            said=said,
            error=error,
        )


def _number(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 5):  # noqa: PLR2004 - no council audits ten thousand
        raise Refusal("Give the target as a whole number, like 30.", field="target")
    return int(said)


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("forecast", __name__, url_prefix="/rounds")
    blueprint.add_url_rule("/<month>/forecast", view_func=ForecastPage.as_view("forecast", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
