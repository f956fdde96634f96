"""The built-in form: the pages of one audit. It works without scripts, and nothing typed into it is lost.

Every move between its pages keeps what was typed; only the check page sends, and what it sends is kept first and
judged after.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from forms import form_page, intake, safety, script, typed
from forms.arrived import Arrived
from forms.form_page import CHECK, LATER, Form
from forms.parts import Part
from programme.allocations import Allocation
from programme.people import Person
from programme.refusals import NotAllowed
from programme.words import RETURNED, AllocationState, SubmissionState
from storage import drafts, find
from storage.office import Office
from storage.session import Session

SOURCE = "form"
FIRST = "about"
CHANGE = "change"
"""The button that opens what is in once more."""

SEND_ANYWAY = "anyway"
SignedIn = Callable[[Session], Person | None]


@dataclass(frozen=True)
class Desk:
    """One person at one audit's form, in one transaction."""

    session: Session
    office: Office
    allocation: Allocation
    me: Person

    def form(self, said: Mapping[str, str] | None = None) -> Form | None:
        """The form as it stands, or with these answers; None where it cannot be filled in any more."""
        so_far = typed.so_far(self.session, self.allocation, self.me) if said is None else said
        if so_far is None:
            return None
        draft = find.drafts.of(self.session, self.allocation, self.me)
        alert = find.alerts.of_audit(self.session, self.allocation.ref)
        phone = self.office.rules.policy.safety.duty_team_phone
        tool = self.allocation.tool
        google = script.filled_in(self.allocation, find.tools.form_items(self.session, tool)) if tool else ""
        said_first = find.samples.said_of(self.session, self.allocation.round.month, self.allocation.case)
        return Form(self.allocation, so_far, alert, phone, google, draft.saved_at if draft else None, said_first)

    def keep(self, said: Mapping[str, str]) -> None:
        drafts.keep(self.session, self.allocation, self.me, said, at=self.office.now(self.session))

    def telephone_first(self, said: Mapping[str, str]) -> tuple[str, int] | None:
        return safety.telephone_first(self.session, self.office, self.allocation, said, request.form, self.me)

    def to(self, page: str = "", field: str = "") -> ResponseReturnValue:
        path = f"/returns/{self.allocation.token}" + (f"/{page}" if page else "")
        return redirect(path + (f"#{field}" if field else ""), code=303)

    def settled(self) -> str:
        """What became of it, and what happens next."""
        made = find.submissions.return_of(self.session, self.allocation)
        moderation = find.moderations.of_audit(self.session, self.allocation.ref)
        is_back = moderation is not None and moderation.is_back_with(self.me)
        return render_template(
            "forms/settled.html",
            back=moderation.last_sent_back if moderation is not None and is_back else None,
            asked={each.key: each.text for each in self.allocation.tool.questions} if self.allocation.tool else {},
            allocation=self.allocation,
            returned=made if self.allocation.state in RETURNED else None,
            in_time=self.allocation.state is AllocationState.RETURNED_IN_TIME,
            may_change=intake.may_still_change(self.session, self.allocation),
            changing=find.drafts.of(self.session, self.allocation, self.me) is not None,
        )


@dataclass(frozen=True)
class FormView(MethodView):
    """Every page of the form is its holder's only: the token alone opens nothing."""

    office: Office
    signed_in: SignedIn

    def reading(self, token: str, show: Callable[[Desk], ResponseReturnValue]) -> ResponseReturnValue:
        return self._at_the_desk(token, show, self.office.record.reading(), to_change=False)

    def writing(self, token: str, act: Callable[[Desk], ResponseReturnValue]) -> ResponseReturnValue:
        return self._at_the_desk(token, act, self.office.record.writing(), to_change=True)

    def _at_the_desk(
        self,
        token: str,
        do: Callable[[Desk], ResponseReturnValue],
        transaction: AbstractContextManager[Session],
        *,
        to_change: bool,
    ) -> ResponseReturnValue:
        with transaction as session:
            me = self.signed_in(session)
            if me is None:
                return redirect(f"/sign-in?next={request.path}")
            allocation = find.allocations.by_token(session, token, to_change=to_change)
            if not me.can_return(allocation):
                msg = "This form is not yours."
                raise NotAllowed(msg)
            return do(Desk(session, self.office, allocation, me))


class PartPage(FormView):
    """One part of the form: shown, kept, and on to wherever the pressed button leads."""

    def get(self, token: str, part: str = FIRST) -> ResponseReturnValue:
        return self.reading(token, lambda desk: self._show(desk, part))

    def post(self, token: str, part: str = FIRST) -> ResponseReturnValue:
        return self.writing(token, lambda desk: self._keep(desk, part))

    def _show(self, desk: Desk, name: str) -> ResponseReturnValue:
        form = desk.form()
        if form is None:
            return desk.settled()
        part = form.part(name)
        if safety.must_ask(form.said, form.alert):
            return safety.page(desk.session, desk.office, desk.allocation, None, {}, {})
        errors = part.faults(form.faults) if _from_check() else {}
        return form_page.part_page(form, part, errors, back_to_check=_from_check())

    def _keep(self, desk: Desk, name: str) -> ResponseReturnValue:
        form = desk.form()
        if form is None:
            return desk.to()
        part = form.part(name)
        pressed, said = request.form, form.said
        unkept: Mapping[str, str] = {}
        if pressed.get("part") == name:  # a button of the telephone page brings no answers along
            said, unkept = typed.merged(said, part, pressed)
        said = safety.with_the_button(said, pressed)
        if typed.TOO_MUCH not in unkept.values():
            said = {**said, "rows": str(typed.rows(said, one_more="add_action" in pressed))}
            desk.keep(said)
        changed = desk.form(said) or form
        first = desk.telephone_first(said)
        if first or not unkept:
            return first or _onward(desk, changed, part)
        return form_page.part_page(changed, part, unkept, back_to_check=_from_check()), 422


class EntryPage(PartPage):
    """Where the link leads: into the form, back to where it is not finished, or to what became of it."""

    def get(self, token: str, part: str = FIRST) -> ResponseReturnValue:
        return self.reading(token, lambda desk: self._enter(desk, part))

    def post(self, token: str, part: str = FIRST) -> ResponseReturnValue:
        changing = CHANGE in request.form
        return self.writing(token, self._open_again) if changing else super().post(token, part)

    def _enter(self, desk: Desk, part: str) -> ResponseReturnValue:
        form = desk.form() if desk.allocation.is_open else None
        if form is None:
            return desk.settled()
        return desk.to(form.unfinished) if form.said else self._show(desk, part)

    def _open_again(self, desk: Desk) -> ResponseReturnValue:
        """An audit that is in, with the answers that count; or with those that were being changed."""
        if desk.form() is not None:
            return desk.to(CHECK)
        made = find.submissions.return_of(desk.session, desk.allocation)
        if made is None or made.submission is None or not intake.may_still_change(desk.session, desk.allocation):
            return desk.to()
        desk.keep(typed.opened(made.submission.fields))
        return desk.to(CHECK)


class CheckPage(FormView):
    """All answers, what is still needed, and the only button that sends."""

    def get(self, token: str) -> ResponseReturnValue:
        return self.reading(token, self._show)

    def post(self, token: str) -> ResponseReturnValue:
        return self.writing(token, self._send)

    def _show(self, desk: Desk) -> ResponseReturnValue:
        form = desk.form()
        return form_page.check_page(form) if form else desk.settled()

    def _send(self, desk: Desk) -> ResponseReturnValue:
        form = desk.form()
        if form is None:
            return desk.to()  # sent already: a button pressed twice
        first = desk.telephone_first(form.said)
        if first or "send" not in request.form:
            return first or desk.to(CHECK)
        if request.form.get("checked") != form.seal:
            return form_page.check_page(form, changed=True), 409
        faults = form.faults or ([] if request.form["send"] == SEND_ANYWAY else form.personal)
        if faults:
            return form_page.check_page(form, faults), 422
        return self._take_in(desk, form)

    def _take_in(self, desk: Desk, form: Form) -> ResponseReturnValue:
        chosen = {intake.PERSONAL_DATA: intake.SENT_ANYWAY} if form.personal else {}
        arrived = Arrived(SOURCE, form.said.get("response_id") or typed.new_id(), form.fields | chosen, desk.me.email)
        submission = intake.take_in(desk.session, self.office, arrived, desk.allocation, by=desk.me)
        if submission.state is SubmissionState.HELD:
            return render_template("forms/held.html", submission=submission, allocation=desk.allocation), 409
        drafts.forget(desk.session, desk.allocation)
        return desk.to()


class LaterPage(FormView):
    """It is saved: how to come back to it."""

    def get(self, token: str) -> ResponseReturnValue:
        return self.reading(token, self._show)

    def _show(self, desk: Desk) -> ResponseReturnValue:
        form = desk.form()
        return render_template("forms/later.html", form=form, allocation=desk.allocation) if form else desk.settled()


class PaperPage(FormView):
    """All questions, to print and fill in by hand."""

    def get(self, token: str) -> ResponseReturnValue:
        return self.reading(token, self._show)

    def _show(self, desk: Desk) -> ResponseReturnValue:
        form = desk.form()
        return form_page.paper(form) if form else desk.settled()


def _from_check() -> bool:
    """Whether somebody came from the check page to mend one answer, and goes back there."""
    return request.args.get("back") == CHECK


def _onward(desk: Desk, form: Form, part: Part) -> ResponseReturnValue:
    """Where the pressed button leads; what Enter presses is the way to the next page."""
    pressed, go = request.form, request.form.get("go", "")
    if safety.RANG in pressed:
        return desk.to(part.name)
    if safety.UNSAFE in pressed:
        return desk.to("safety")
    if "add_action" in pressed:
        return desk.to(part.name, f"action_{typed.rows(form.said)}-step")
    if go in {LATER, CHECK, *(each.name for each in form.parts)}:
        return desk.to(go)
    if go == "back":
        return desk.to(form.beside(part, -1))
    return desk.to(CHECK if _from_check() or form.hands_back else form.beside(part, 1))


def routes(office: Office, signed_in: SignedIn) -> Blueprint:
    blueprint = Blueprint("forms", __name__, template_folder="templates")
    views = {
        "": EntryPage.as_view("form", office, signed_in),
        "/check": CheckPage.as_view("check", office, signed_in),
        "/later": LaterPage.as_view("later", office, signed_in),
        "/print": PaperPage.as_view("paper", office, signed_in),
        "/<part>": PartPage.as_view("part", office, signed_in),
    }
    for page, view in views.items():
        blueprint.add_url_rule(f"/returns/<token>{page}", view_func=view)
    return blueprint
