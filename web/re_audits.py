"""What a month looks at again: what is due and why, what the lot would take, who would read it, and what came of it."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from programme.people import Person
from programme.re_audits import Drawn
from programme.refusals import Refusal
from storage import find, re_auditing
from storage.office import Office
from storage.session import Session
from web.rounds import RoundPage
from web.sign_in import NobodyHere, to_sign_in


@dataclass(frozen=True)
class AgainPage(RoundPage):
    """For those who run the month; a preview until it is pressed."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._runner(session)
            of, today = find.rounds.of_month(session, month), self.office.today(session)
            drawn, why_not = self._drawn(session, month)
            return render_template(
                "rounds/again.html",
                round=of,
                due=drawn.due if drawn else find.re_audits.due(session, self.office.rules, today),
                drawn=drawn,
                why_not=why_not,
                given=find.re_audits.given_out(session, of),
                came_out=find.re_audits.came_out(session),
                most=self.office.rules.policy.re_audits.most_a_month,
            )

    def post(self, month: str) -> ResponseReturnValue:
        seen = request.form.get("seen", "")

        def give(session: Session, me: Person) -> str:
            made = re_auditing.give_out(session, self.office, month, me, seen=seen)
            return f"{len(made)} given out. Each auditor gets a message in the next minute."

        return self._take_step(month, give, then="/again")

    def _drawn(self, session: Session, month: str) -> tuple[Drawn | None, str]:
        """The preview; or why there is none, as in a month that is over."""
        try:
            return re_auditing.preview(session, self.office, month), ""
        except Refusal as refusal:
            return None, refusal.sentence


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("re_audits", __name__)
    blueprint.add_url_rule("/rounds/<month>/again", view_func=AgainPage.as_view("again", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
