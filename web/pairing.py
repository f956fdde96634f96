"""Opening the moderation day: who would read what, changed by hand where wanted, and confirmed as one unit."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from programme.moderation_day import Meeting
from programme.pairing import Pairing
from programme.people import Person
from programme.refusals import NotAllowed, NotFound, Refusal
from storage import find, moderation_day, pairing
from storage.office import Office
from storage.pairing import ByHand
from storage.session import Session
from web.rounds import RoundPage
from web.sign_in import NobodyHere, require_person, to_sign_in


@dataclass(frozen=True)
class OpenersPage(RoundPage):
    """For those who may open the day."""

    def _opener(self, session: Session) -> Person:
        me = require_person(session, self.office)
        if not me.can_open_moderation():
            raise NotAllowed("Only those who run the month may do this.")
        return me


@dataclass(frozen=True)
class PairsPage(OpenersPage):
    """What was seen is what is done: the pairs on the page are sent back, and judged once more."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._opener(session)
            return self._page(session, month)

    def post(self, month: str) -> ResponseReturnValue:
        said = {name: words.strip() for name, words in request.form.items()}
        try:
            with self.office.record.writing() as session:
                me = self._opener(session)
                meeting = meeting_in(said) if "place" in said else None
                opened = moderation_day.open_(session, self.office, month, me, meeting=meeting, chosen=chosen_in(said))
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                self._opener(session)
                return self._page(session, month, said=said, errors=errors_of(refusal)), 422
        flash(
            f"{len(opened.pairing.paired)} given to pairs. Each moderator gets one message in the next minute.", "done"
        )
        return redirect(f"/rounds/{month}/moderation", code=303)

    def _page(
        self,
        session: Session,
        month: str,
        *,
        said: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> str:
        of, made = find.rounds.of_month(session, month), pairing.preview(session, self.office, month)
        meeting = moderation_day.meeting_of(session, self.office, month)
        return render_template(
            "rounds/pairs.html",
            round=of,
            day=find.moderation_days.of_round(session, of),
            pairing=made,
            audits=sorted((*made.paired, *made.unpaired), key=lambda each: each.audit.ref),
            readers=find.moderations.moderators(session),
            said={**proposed(made), **as_said(meeting), **(said or {})},
            errors=errors or {},
            may_open=not find.moderation_days.of_round(session, of)
            and find.moderations.nothing_but_readers(session, of),
            by_hand=bool(errors) or "by-hand" in request.args,
        )


def proposed(made: Pairing) -> dict[str, str]:
    """The readers of each audit as the form begins, by number."""
    parts = ("first", "second")
    both = [(each.audit.ref, part, who) for each in made.paired for part, who in zip(parts, each.pair, strict=True)]
    return {f"{ref}.{part}": str(who.id) for ref, part, who in both}


def as_said(meeting: Meeting) -> dict[str, str]:
    return {"begins": f"{meeting.begins:%H:%M}", "ends": f"{meeting.ends:%H:%M}", "place": meeting.place}


def meeting_in(said: Mapping[str, str]) -> Meeting:
    return Meeting.typed(said.get("begins", ""), said.get("ends", ""), said.get("place", ""))


def chosen_in(said: Mapping[str, str]) -> ByHand:
    """The two readers of each audit on the page, by number; 0 for nobody."""
    refs = [name.removesuffix(".first") for name in said if name.endswith(".first")]
    return {ref: (_number(said[f"{ref}.first"]), _number(said.get(f"{ref}.second", ""))) for ref in refs}


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < len("1000000000") else 0


def errors_of(refusal: Refusal) -> dict[str, str]:
    return refusal.by_field or {"pairs": refusal.sentence}


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("pairing", __name__, url_prefix="/rounds")
    blueprint.add_url_rule("/<month>/pairs", view_func=PairsPage.as_view("pairs", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
