"""The history: who did what, for whom, about which reference, and when. References only, no word about a child."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme.calendar import at_london
from programme.competency_facts import ABOUT_COMPETENCY
from programme.refusals import NotAllowed, Refusal
from storage import find
from storage.office import Office
from storage.session import Session
from web.filled import day
from web.sign_in import NobodyHere, require_person, to_sign_in

A_PAGE = 50
REFERENCE = re.compile(r"[!-~]{1,40}")
YEARS = range(2000, 2100)


@dataclass(frozen=True)
class Wanted:
    """What is asked for in the address: one reference, one day, and what is older than an entry."""

    about: str = ""
    on: date | None = None
    before: int | None = None

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Wanted":
        about, on, before = said.get("about", ""), day(said, "on"), said.get("before", "")
        if about and not REFERENCE.fullmatch(about):
            raise Refusal("Write one reference, like AUD-2017-10-01.", field="about")
        if on and on.year not in YEARS:
            raise Refusal("Write the day as three numbers, like 2 10 2017.", field="on")
        is_number = before.isascii() and before.isdigit() and len(before) < 10  # noqa: PLR2004 - no key is longer
        return cls(about, on, int(before) if is_number else None)

    @property
    def moments(self) -> tuple[datetime, datetime] | None:
        """The day in London, from its first moment to the first of the next."""
        return (at_london(self.on, time()), at_london(self.on + timedelta(days=1), time())) if self.on else None


@dataclass(frozen=True)
class HistoryPage(MethodView):
    office: Office

    def get(self) -> ResponseReturnValue:
        said = {name: words.strip() for name, words in request.args.items()}
        with self.office.record.reading() as session:
            me = require_person(session, self.office)
            if not me.can_see_history():
                raise NotAllowed("The history is open to those who run the month.")
            # What is about somebody's competency is not the administrator's to read.
            without = frozenset() if me.can_steer_competency() else ABOUT_COMPETENCY
            try:
                return self._page(session, said, Wanted.of(said), without)
            except Refusal as refusal:
                return self._page(session, said, Wanted(), without, {refusal.field: refusal.sentence}), 422

    def _page(
        self,
        session: Session,
        said: Mapping[str, str],
        wanted: Wanted,
        without: Collection[str],
        errors: Mapping[str, str] | None = None,
    ) -> str:
        lines = find.history.lines(
            session,
            about=wanted.about,
            on=wanted.moments,
            before=wanted.before,
            at_most=A_PAGE + 1,
            without=without,
        )
        shown, is_more = lines[:A_PAGE], len(lines) > A_PAGE
        filtered = {name: words for name, words in said.items() if words and name != "before"}
        return render_template(
            "history.html",
            lines=shown,
            wanted=wanted,
            said=said,
            errors=errors or {},
            newest=_address(filtered) if wanted.before is not None else "",
            older=_address(filtered | {"before": str(shown[-1].number)}) if is_more else "",
        )


def _address(said: Mapping[str, str]) -> str:
    return f"/history?{urlencode(said)}" if said else "/history"


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("history", __name__)
    blueprint.add_url_rule("/history", view_func=HistoryPage.as_view("history", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
