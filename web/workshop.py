"""What auditors learn from together: a month's workshop, and how far a practice case lies apart."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme import practice, workshop
from programme.refusals import NotFound
from storage import find
from storage.office import Office
from web.sign_in import NobodyHere, require_person, to_sign_in


@dataclass(frozen=True)
class WorkshopPage(MethodView):
    """The agenda, made anew from the month's moderations whenever it is opened."""

    office: Office

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            if not require_person(session, self.office).can_see_workshop():
                raise NotFound("There is nothing of that name for you.")
            of = find.rounds.of_month(session, month)
            found = find.workshop.found(session, of)
            return render_template(
                "learning/workshop.html",
                round=of,
                found=found,
                audits=workshop.of_audits(found),
                judgements=workshop.of_judgements(found),
                pulse=find.learning.pulse(session, of),
                enough=self.office.rules.policy.competency.from_answers,
                questions=workshop.of_questions(found, of.tool.questions if of.tool else []),
            )


@dataclass(frozen=True)
class SpreadPage(MethodView):
    """How everybody judged the practice case that this audit scores, without names."""

    office: Office

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me, audit = require_person(session, self.office), find.allocations.with_tool(session, ref)
            if audit.tool is None or not me.can_see_spread(audit):
                raise NotFound("We cannot find that practice case.")
            scored = find.practice.scored(session, audit)
            enough = self.office.rules.policy.competency.from_answers
            own = find.submissions.return_of(session, audit) if audit.holder is me else None
            return render_template(
                "learning/spread.html",
                audit=audit,
                tool=audit.tool,
                scored=len(scored),
                enough=enough,
                shows=len(scored) > 1 and (len(scored) >= enough or me.can_coach()),
                given=find.practice.given(session, audit),
                spreads=practice.spreads(audit.tool, scored, own),
            )


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("workshop", __name__)
    blueprint.add_url_rule("/rounds/<month>/workshop", view_func=WorkshopPage.as_view("workshop", office))
    blueprint.add_url_rule("/audits/<ref>/spread", view_func=SpreadPage.as_view("spread", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
