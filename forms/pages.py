"""The built-in form: one page for one audit. It works without scripts, and nothing typed into it is lost.

A page that is shown back with faults is not a submission yet. One that is whole is kept first and judged after.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView
from werkzeug.datastructures import MultiDict

from forms import intake, safety
from forms.arrived import Arrived
from forms.reading import numbers_of_actions
from programme.allocations import Allocation
from programme.answers import ACTIONS_AT_MOST, OUTCOME_TAGS, Asked
from programme.people import Person
from programme.refusals import Faulty, NotAllowed
from programme.safety import Alert
from programme.words import (
    RETURNED,
    SAFETY_LABELS,
    WHY_NOT_LABELS,
    AllocationState,
    Priority,
    Safety,
    SubmissionState,
    Voice,
)
from storage import find
from storage.office import Office
from storage.session import Session

SOURCE = "form"
ROWS_AT_FIRST = 3
LONGEST_ID = 64

VOICES = {
    Voice.CHILD: "the child",
    Voice.MOTHER: "the mother",
    Voice.FATHER: "the father",
    Voice.CARER: "another carer",
}
ASKED = {Asked.YES: "Yes", Asked.NO: "No", Asked.NOBODY: "There is no such person"}
SAFETY_HINTS = {
    Safety.NO_CONCERN: "Nothing you read makes you worry about the child's safety today.",
    Safety.NOT_ASSURED: "Something must be checked. It becomes an urgent action for the Team Manager.",
    Safety.UNSAFE_NOW: "Press one of the two buttons below at once: the managers are told that minute.",
}
PRIORITIES = {
    Priority.URGENT: "Urgent: within 5 working days",
    Priority.STANDARD: "Standard: by the next supervision",
    Priority.PLANNED: "Planned: by the next review",
}

RETURNS_TO_THE_FORM = frozenset({"add_action", "stay", safety.RANG})
"""Buttons that send nothing in: one more row, what Enter presses in a field, and back from the telephone."""

SignedIn = Callable[[Session], Person | None]


@dataclass(frozen=True)
class ReturnPage(MethodView):
    office: Office
    signed_in: SignedIn

    def get(self, token: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = self.signed_in(session)
            if me is None:
                return _to_sign_in(token)
            allocation = _own(session, token, me)
            if not allocation.is_open:
                return _settled(allocation)
            alert = find.alerts.of_audit(session, allocation.ref)
            return self._form(allocation, {"response_id": secrets.token_urlsafe(16)}, alert)

    def post(self, token: str) -> ResponseReturnValue:
        said: Mapping[str, str] = as_fields(request.form)
        with self.office.record.writing() as session:
            me = self.signed_in(session)
            if me is None:
                return _to_sign_in(token)
            allocation = _own(session, token, me, to_change=True)
            if allocation.is_open:
                said = safety.with_the_button(said, request.form)
                first = safety.telephone_first(session, self.office, allocation, said, request.form, me)
                if first or RETURNS_TO_THE_FORM & set(request.form):
                    alert = find.alerts.of_audit(session, allocation.ref)
                    return first or self._form(allocation, said, alert, one_more="add_action" in request.form)
            return self._take_in(session, allocation, said, me)

    def _take_in(
        self, session: Session, allocation: Allocation, said: Mapping[str, str], me: Person
    ) -> ResponseReturnValue:
        arrived = Arrived(SOURCE, said.get("response_id", "")[:LONGEST_ID] or secrets.token_urlsafe(16), said, me.email)
        try:
            if allocation.is_open:
                intake.check(said, allocation)
            submission = intake.take_in(session, self.office, arrived, allocation, by=me)
        except Faulty as faulty:
            return self._form(allocation, said, find.alerts.of_audit(session, allocation.ref), faulty), 422
        if submission.state is SubmissionState.HELD:
            return render_template("forms/held.html", submission=submission, allocation=allocation), 409
        return redirect(f"/returns/{allocation.token}", code=303)

    def _form(
        self,
        allocation: Allocation,
        said: Mapping[str, str],
        alert: Alert | None,
        faulty: Faulty | None = None,
        *,
        one_more: bool = False,
    ) -> str:
        tool = intake.tool_of(allocation)
        faults = {fault.where: fault.sentence for fault in faulty.faults} if faulty else {}
        return render_template(
            "forms/form.html",
            allocation=allocation,
            alert=alert,
            questions=tool.questions_for(allocation.case.plan_type),
            scale=tool.scale,
            said=said,
            errors=faults,
            rows=rows_to_show(said, one_more=one_more),
            phone=self.office.rules.policy.safety.duty_team_phone,
            voices=VOICES,
            asked=ASKED,
            why_not=WHY_NOT_LABELS,
            safety=SAFETY_LABELS,
            safety_hints=SAFETY_HINTS,
            outcomes=OUTCOME_TAGS,
            priorities=PRIORITIES,
        )


def rows_to_show(said: Mapping[str, str], *, one_more: bool) -> int:
    """How many rows for actions stand on the page: three, all that are filled in, and one more when asked."""
    shown = said.get("rows", "")
    asked = int(shown) if shown.isascii() and shown.isdigit() and len(shown) <= 2 else ROWS_AT_FIRST  # noqa: PLR2004
    filled = max(numbers_of_actions(said), default=0)
    return min(max(asked + one_more, filled, ROWS_AT_FIRST), ACTIONS_AT_MOST)


def as_fields(form: MultiDict[str, str]) -> dict[str, str]:
    """The page's fields as text by name; several ticks are one field, separated by semicolons."""
    own = {"csrf_token", "send"} | RETURNS_TO_THE_FORM | safety.OWN
    return {name: ";".join(form.getlist(name)) for name in form if name not in own}


def _own(session: Session, token: str, me: Person, *, to_change: bool = False) -> Allocation:
    """The allocation behind a token, for its holder only: the token alone opens nothing."""
    allocation = find.allocations.by_token(session, token, to_change=to_change)
    if not me.can_return(allocation):
        msg = "This form is not yours."
        raise NotAllowed(msg)
    return allocation


def _settled(allocation: Allocation) -> str:
    in_time = allocation.state is AllocationState.RETURNED_IN_TIME
    return render_template(
        "forms/settled.html", allocation=allocation, returned=allocation.state in RETURNED, in_time=in_time
    )


def _to_sign_in(token: str) -> ResponseReturnValue:
    return redirect(f"/sign-in?next=/returns/{token}")


def routes(office: Office, signed_in: SignedIn) -> Blueprint:
    blueprint = Blueprint("forms", __name__, template_folder="templates")
    blueprint.add_url_rule("/returns/<token>", view_func=ReturnPage.as_view("form", office, signed_in))
    return blueprint
