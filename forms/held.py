"""What is held: for who sent it, what to mend; for who runs the month, a decision. Nothing is ever deleted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from forms import deciding, difference
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.submissions import Submission
from programme.words import SubmissionState
from storage import find
from storage.office import Office
from storage.session import Session

SETTLED_SHOWN = 10
CHOICES_SHOWN = 200

BY_WAY_OF = {"form": "our form", "google": "the Google Form", "file": "a file"}

SignedIn = Callable[[Session], Person | None]
Decide = Callable[[Session, Office, str, Mapping[str, str], Person], Submission]

DECISIONS: Mapping[str, Decide] = {
    "match": lambda session, office, ref, said, by: deciding.match(
        session, office, ref, said.get("audit", "").strip().upper(), by=by
    ),
    "ask": lambda session, office, ref, _said, by: deciding.ask(session, office, ref, by=by),
    "accept": lambda session, office, ref, said, by: deciding.accept_as_it_is(
        session, office, ref, said.get("reason", ""), by=by
    ),
    "discard": lambda session, office, ref, said, by: deciding.discard(
        session, office, ref, said.get("reason", ""), by=by
    ),
}
NEEDS_A_SECOND_LOOK = frozenset({"accept", "discard"})
"""These cannot be undone, so the page asks once more."""

DONE = {
    "match": "It belongs to that audit now.",
    "ask": "The auditor is asked to mend it.",
    "accept": "It counts. The reason is kept with your name.",
    "discard": "It does not count. It is kept, with the reason and your name.",
}


@dataclass(frozen=True)
class HeldPage(MethodView):
    """All of it for who decides; what is theirs for everybody else."""

    office: Office
    signed_in: SignedIn

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = self.signed_in(session)
            if me is None:
                return redirect("/sign-in?next=/held")
            decides = me.can_decide_on_held()
            return render_template(
                "held/list.html",
                held=[each for each in find.submissions.held(session) if me.can_see_held(each)],
                settled=find.submissions.settled(session, SETTLED_SHOWN) if decides else [],
                sheet=find.sheets.known(session) if decides else None,
                decides=decides,
                by_way_of=BY_WAY_OF,
            )


@dataclass(frozen=True)
class OneHeldPage(MethodView):
    office: Office
    signed_in: SignedIn

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = self.signed_in(session)
            if me is None:
                return redirect(f"/sign-in?next=/held/{ref}")
            return self._page(session, _seen(session, ref, me), me)

    def post(self, ref: str) -> ResponseReturnValue:
        step = request.form.get("step", "")
        with self.office.record.reading() as session:
            if self.signed_in(session) is None:
                return redirect(f"/sign-in?next=/held/{ref}")
        if step not in DECISIONS:
            raise NotFound("There is no such step.")
        try:
            with self.office.record.writing() as session:
                me = self._decider(session)
                if step in NEEDS_A_SECOND_LOOK and request.form.get("sure") != "yes":
                    return self._page(session, _seen(session, ref, me), me, sure_of=step)
                decided = DECISIONS[step](session, self.office, ref, request.form, me)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            return self._refused(ref, refusal)
        still_held = step == "match" and decided.state is SubmissionState.HELD
        flash(f"{DONE[step]} {'Something else is still to be mended.' if still_held else ''}".strip(), "done")
        return redirect(f"/held/{ref}" if decided.waits else "/held", code=303)

    def _decider(self, session: Session) -> Person:
        me = self.signed_in(session)
        if me is None or not me.can_decide_on_held():
            msg = "The administrator and the Head of Quality decide about what is held."
            raise NotAllowed(msg)
        return me

    def _refused(self, ref: str, refusal: Refusal) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = self._decider(session)
            errors = {refusal.field or "step": refusal.sentence} | refusal.by_field
            return self._page(session, _seen(session, ref, me), me, errors), 422

    def _page(
        self,
        session: Session,
        submission: Submission,
        me: Person,
        errors: Mapping[str, str] | None = None,
        *,
        sure_of: str = "",
    ) -> str:
        audit, decides = submission.allocation, me.can_decide_on_held()
        counts = find.submissions.return_of(session, audit) if audit else None
        before = counts.submission.fields if counts and counts.submission else None
        answers = difference.lines(submission.fields, audit.tool if audit else None, before)
        return render_template(
            "held/one.html",
            submission=submission,
            audit=audit,
            answers=answers,
            changed=difference.changed(answers),
            before=before,
            decides=decides,
            mends=audit is not None and me.can_return(audit) and submission.waits,
            audits=find.allocations.given_out_lately(session, CHOICES_SHOWN) if decides else [],
            by_way_of=BY_WAY_OF,
            said=request.form,
            errors=errors or {},
            sure_of=sure_of,
        )


def _seen(session: Session, ref: str, me: Person) -> Submission:
    submission = find.submissions.by_ref(session, ref)
    if not me.can_see_held(submission):
        msg = "We cannot find what arrived under that reference."
        raise NotFound(msg)
    return submission


def routes(office: Office, signed_in: SignedIn) -> Blueprint:
    blueprint = Blueprint("held", __name__, template_folder="templates", url_prefix="/held")
    blueprint.add_url_rule("", view_func=HeldPage.as_view("list", office, signed_in))
    blueprint.add_url_rule("/<ref>", view_func=OneHeldPage.as_view("one", office, signed_in))
    return blueprint
