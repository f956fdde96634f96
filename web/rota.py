"""The rota: who has a turn in each of the months ahead, and why; an auditor reads their own line."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme import explained
from programme.explained import Line, Whose
from programme.people import Person
from programme.refusals import NotAllowed
from programme.rota import Ahead, Turn
from programme.words import Scheme
from storage import turning
from storage.office import Office
from web.sign_in import NobodyHere, require_person, to_sign_in


@dataclass(frozen=True)
class MonthShown:
    """One month with everybody who has a turn in it, each with why and the month they last audited."""

    ahead: Ahead
    turns: list[tuple[Person, str, str]]

    @property
    def has_core(self) -> bool:
        return self.ahead.scheme is Scheme.CORE


@dataclass(frozen=True)
class RotaPage(MethodView):
    office: Office

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = require_person(session, self.office)
            if not me.can_see_rota():
                raise NotAllowed("The rota is for auditors and those who see the months.")
            known = turning.whose(session, self.office)
            mine = turning.said_to(session, self.office, me)
            lines = turning.lines(session, self.office, known, None if me.can_see_round() else me)
        seen = [line for line in lines if me.can_see_turns_of(line.person)]
        return render_template(
            "rounds/rota.html",
            mine=mine,
            sees_all=me.can_see_round(),
            months=[shown(each, seen, known) for each in known.ahead],
            standing_by=[line.person for line in seen if line.stands_by],
        )


def shown(ahead: Ahead, lines: Sequence[Line], known: Whose) -> MonthShown:
    turns: list[tuple[Line, Turn]] = [
        (line, turn) for line in lines for turn in line.turns if turn.month == ahead.month
    ]
    return MonthShown(
        ahead,
        [(line.person, explained.how_it_came(turn, known), line.last_audited) for line, turn in turns],
    )


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("rota", __name__, url_prefix="/rounds")
    blueprint.add_url_rule("/rota", view_func=RotaPage.as_view("rota", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
