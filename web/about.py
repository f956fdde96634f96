"""Help, privacy and accessibility: pages anybody may read."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from storage.office import Office


class About(MethodView):
    def __init__(self, template: str, office: Office) -> None:
        self.template = template
        self.office = office

    def get(self) -> ResponseReturnValue:
        phone = self.office.rules.policy.safety.duty_team_phone
        return render_template(self.template, phone=phone)


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("about", __name__)
    for name in ("help", "privacy", "accessibility"):
        blueprint.add_url_rule(f"/{name}", view_func=About.as_view(name, f"about/{name}.html", office))
    return blueprint
