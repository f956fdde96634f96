"""The start page: what needs me. And what we hold of me."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from storage import find
from storage.office import Office
from web.sign_in import NobodyHere, require_person, to_sign_in


class HomePage(MethodView):
    """Actions first, then audits, then the month, each only where there is any."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = require_person(session, self.office)
            of = find.rounds.current(session) if me.can_see_round() else None
            return render_template(
                "home/home.html",
                me=me,
                today=self.office.today(session),
                actions=find.actions.open_for(session, me),
                audits=[each for each in find.allocations.held_by(session, me) if each.is_open],
                round=of,
                account=find.rounds.account_of(session, of) if of else None,
            )


class MePage(MethodView):
    def __init__(self, office: Office) -> None:
        self.office = office

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me = require_person(session, self.office)
            return render_template("home/me.html", me=me, held=find.allocations.held_by(session, me))


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("home", __name__)
    blueprint.add_url_rule("/", view_func=HomePage.as_view("home", office))
    blueprint.add_url_rule("/me", view_func=MePage.as_view("me", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
