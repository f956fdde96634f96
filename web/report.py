"""The month at a glance, as a page and as JSON; its appendix by case; and the steps from draft to issued."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.answers import OUTCOME_TAGS
from programme.calendar import month_name
from programme.figures import Share
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.report import Report
from programme.rounds import Round
from programme.tool import AuditTool
from programme.words import REASON_LABELS, SAFETY_LABELS, Voice
from storage import find, reporting
from storage.office import Office
from storage.session import Session
from web.sign_in import NobodyHere, require_person, to_sign_in

WHO = {Voice.CHILD: "The child", Voice.MOTHER: "The mother", Voice.FATHER: "The father", Voice.CARER: "Another carer"}


@dataclass(frozen=True)
class Point:
    """One month of the trend: its name, what was counted, and where it stands in the drawing."""

    name: str
    share: Share | None
    x: int
    y: int


@dataclass(frozen=True)
class ReportView(MethodView):
    office: Office

    def _read(self, session: Session, month: str) -> tuple[Person, Round, Report | None]:
        me = require_person(session, self.office)
        of = find.rounds.of_month(session, month)
        report = find.reports.of_round(session, of)
        if not me.can_see_report(of, issued=report is not None and report.is_issued):
            raise NotAllowed("The report is not open to you.")
        return me, of, report


class ReportPage(ReportView):
    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me, of, report = self._read(session, month)
            said = reporting.figures(session, self.office, of)
            trend = drawn(reporting.trend(session, self.office, of))
            return render_template(
                "report/page.html",
                round=of,
                report=report,
                said=said,
                me=me,
                step=next_step(me, of, report, now=self.office.now(session)),
                trend=trend,
                middle=middle_of(trend),
                texts=texts_of(of.tool),
                reasons=REASON_LABELS,
                outcomes=OUTCOME_TAGS,
                who=WHO,
            )


class ReportJson(ReportView):
    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            _, of, _ = self._read(session, month)
            return jsonify(reporting.figures(session, self.office, of))


class Appendix(ReportView):
    """By case, for those who may see each; nobody else learns that a line is there."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me, of, _ = self._read(session, month)
            returns = [
                each for each in find.reports.returns(session, of) if me.can_see_in_the_appendix(each.allocation.case)
            ]
            return render_template(
                "report/appendix.html",
                round=of,
                returns=returns,
                actions=find.actions.counts_of(session, of),
                reasons=find.moderations.reasons_of(session, of),
                safety=SAFETY_LABELS,
            )


class Step(ReportView):
    """One step of the report's life, for who may take it; then the page says what came of it."""

    def get(self, month: str, step: str) -> ResponseReturnValue:
        """Who comes back here by the address alone, as after signing in, finds the button on the page."""
        del step
        with self.office.record.reading() as session:
            self._read(session, month)
        return redirect(f"/reports/{month}")

    def post(self, month: str, step: str) -> ResponseReturnValue:
        try:
            with self.office.record.writing() as session:
                me, _, _ = self._read(session, month)
                said, kind = self._take(session, month, step, me), "done"
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            said, kind = refusal.sentence, "refused"
        flash(said, kind)
        return redirect(f"/reports/{month}", code=303)

    def _take(self, session: Session, month: str, step: str, me: Person) -> str:
        steps: dict[str, tuple[Callable[[], object], str]] = {
            "draft": (lambda: reporting.draft(session, self.office, month, me), "The report is drafted."),
            "sign-off": (lambda: reporting.sign_off(session, self.office, month, me), "The report is signed off."),
            "issue": (
                lambda: reporting.issue(session, self.office, month, me, gap=request.form.get("gap", "")),
                "The report is issued. Its figures stay as they are.",
            ),
        }
        if step not in steps:
            raise NotFound("There is no such step.")
        take, said = steps[step]
        take()
        return said


def next_step(me: Person, of: Round, report: Report | None, *, now: datetime) -> str:
    """The step this reader could take next; empty where there is none for them."""
    if of.imported or (report and report.is_issued):
        return ""
    if report is None:
        closed = of.cut_off_at is not None and now >= of.cut_off_at
        return ("draft" if closed else "wait") if me.can_run_rounds() else ""
    if report.signed_off_at is None:
        return "sign-off" if me.can_sign_off() else ""
    return "issue" if me.can_issue() else ""


def drawn(trend: Sequence[tuple[str, Share | None]]) -> list[Point]:
    """The points of the chart, 60 apart, in a drawing 100 high where 100 per cent is at the top."""
    return [
        Point(month_name(month), share, 40 + 60 * place, 110 - (share.percent or 0) if share else 0)
        for place, (month, share) in enumerate(trend)
    ]


def middle_of(trend: Sequence[Point]) -> float | None:
    """The median of the months that are on record, in per cent; one month has none."""
    known = [point.share.percent for point in trend if point.share and point.share.percent is not None]
    return median(known) if len(known) > 1 else None


def texts_of(tool: AuditTool | None) -> dict[str, Any]:
    return {question.key: question.text for question in tool.questions} if tool else {}


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("report", __name__, url_prefix="/reports")
    blueprint.add_url_rule("/<month>", view_func=ReportPage.as_view("page", office))
    blueprint.add_url_rule("/<month>.json", view_func=ReportJson.as_view("json", office))
    blueprint.add_url_rule("/<month>/appendix", view_func=Appendix.as_view("appendix", office))
    blueprint.add_url_rule("/<month>/<step>", view_func=Step.as_view("step", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
