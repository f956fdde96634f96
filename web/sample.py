"""A month's sample: drawn, added to by hand, and how it covers the children; and the page of those who speak first."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme import beforehand, coverage
from programme.beforehand import QUESTIONS
from programme.cases import FrameEntry
from programme.drawing import Frame
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from storage import find, sampling
from storage.office import Office
from storage.session import Session
from web.rounds import RoundPage
from web.sign_in import NobodyHere, require_person, to_sign_in

SEEDS = 1_000_000

Said = Mapping[str, str]
Step = Callable[[Session, str, Said, Person], str]


@dataclass(frozen=True)
class SamplePage(RoundPage):
    """Before the draw what may be drawn; after it what was, and how it covers all. Each step is a small form."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            return self._page(session, month, self._runner(session))

    def post(self, month: str) -> ResponseReturnValue:
        said = {name: words.strip() for name, words in request.form.items()}
        try:
            with self.office.record.writing() as session:
                by = self._runner(session)
                done = self._step(said)(session, month, said, by)
        except (NotAllowed, NotFound) as refusal:
            if not refusal.field:
                raise
            return self._shown_back(month, said, refusal)
        except Refusal as refusal:
            return self._shown_back(month, said, refusal)
        flash(done, "done")
        return redirect(f"/rounds/{month}/sample", code=303)

    def _step(self, said: Said) -> Step:
        steps = {"draw": self._draw, "pick": self._pick, "release": self._release, "partner": self._partner}
        if said.get("step") not in steps:
            raise NotFound("There is no such step.")
        return steps[said["step"]]

    def _draw(self, session: Session, month: str, said: Said, by: Person) -> str:
        size, seed = number(said, "size"), number(said, "seed")
        sampling.draw(session, self.office, month, by, size=size, seed=seed)
        return f"{size} drawn. Their social workers and Team Managers get a message in the next minute."

    def _pick(self, session: Session, month: str, said: Said, by: Person) -> str:
        case, because = said.get("case", ""), said.get("because", "")
        return f"{sampling.pick(session, self.office, month, case, because, by).case.ref} is in the sample."

    def _release(self, session: Session, month: str, said: Said, by: Person) -> str:
        entry = sampling.release(session, self.office, month, said.get("case", ""), said.get("to", ""), by)
        return f"{entry.case.ref} may be drawn; only {said['to']} reads it."

    def _partner(self, session: Session, month: str, said: Said, by: Person) -> str:
        name, audits = said.get("service", ""), number(said, "audits")
        entered = sampling.enter_partner(session, self.office, month, name, audits, by)
        return f"{entered.service}: {entered.audits} audits, beside our own."

    def _shown_back(self, month: str, said: Said, refusal: Refusal) -> ResponseReturnValue:
        errors = {f"{said['step']}-{refusal.field or 'step'}": refusal.sentence}
        with self.office.record.reading() as session:
            return self._page(session, month, self._runner(session), said, errors), 422

    def _page(
        self, session: Session, month: str, me: Person, said: Said | None = None, errors: Said | None = None
    ) -> str:
        of, sample = find.rounds.of_month(session, month), find.samples.of_month(session, month)
        entries = find.cases.frame(session, month)
        frame = Frame.kept(sample.frame) if sample else sampling.frame(session, self.office, month)
        drawn = [each.case.ref for each in entries if each.is_random and not each.left_out]
        return render_template(
            "sample/sample.html",
            round=of,
            sample=sample,
            may=len(frame.may_be_drawn),
            left_out=coverage.left_out(frame.records),
            covered=coverage.coverage(frame.records, drawn) if sample else [],
            picked=[each for each in entries if each.hand_picked_because],
            reserves=sorted((each for each in entries if each.reserve_as), key=lambda each: each.reserve_as or 0),
            released=[each for each in entries if each.released_to],
            partners=find.samples.partners(session, month),
            releases=me.can_release_records(),
            seed=secrets.randbelow(SEEDS),
            said=said or {},
            errors=errors or {},
        )


@dataclass(frozen=True)
class ChosenPage(MethodView):
    """For a child's social worker and Team Manager: what was chosen, and their words, which stand first."""

    office: Office

    def get(self, ref: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me, entry = self._theirs(session, ref)
            known = find.samples.said_by(session, entry, me)
            return self._page(session, entry, {name: getattr(known, name) if known else "" for name in QUESTIONS})

    def post(self, ref: str) -> ResponseReturnValue:
        said = {name: request.form.get(name, "") for name in QUESTIONS}
        try:
            with self.office.record.writing() as session:
                me, entry = self._theirs(session, ref)
                anyway = request.form.get("anyway") == "yes"
                sampling.say_beforehand(session, self.office, entry, said, me, anyway=anyway)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                _, entry = self._theirs(session, ref)
                return self._page(session, entry, said, {refusal.field or "proud_of": refusal.sentence}), 422
        flash("Thank you. Your words will stand first in the audit.", "done")
        return redirect(f"/chosen/{ref}", code=303)

    def _theirs(self, session: Session, ref: str) -> tuple[Person, FrameEntry]:
        me = require_person(session, self.office)
        entry = find.cases.by_reference(session, ref)
        if entry is None:
            raise NotFound("We cannot find that record.")
        beforehand.must_be_asked(entry, me, returned=False)
        return me, entry

    def _page(self, session: Session, entry: FrameEntry, said: Said, errors: Said | None = None) -> str:
        return render_template(
            "sample/chosen.html",
            entry=entry,
            round=find.rounds.of_month(session, entry.month),
            is_back=sampling.is_back(session, entry),
            questions=QUESTIONS,
            said=said,
            errors=errors or {},
        )


def number(said: Said, name: str) -> int:
    words = said.get(name, "")
    if not (words.isascii() and words.isdigit() and len(words) < 10):  # noqa: PLR2004 - what a column of numbers holds
        raise Refusal("Give a whole number, like 30.", field=name)
    return int(words)


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("sample", __name__)
    blueprint.add_url_rule("/rounds/<month>/sample", view_func=SamplePage.as_view("sample", office))
    blueprint.add_url_rule("/chosen/<ref>", view_func=ChosenPage.as_view("chosen", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
