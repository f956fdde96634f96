"""One action: its page, and withdrawing it; and several on one screen, to confirm them or to hand them over."""

from flask import Blueprint

from storage.office import Office
from web.action import ActionPage, WithdrawPage
from web.confirming import ConfirmSeveralPage
from web.handing_over import HandOverPage
from web.sign_in import NobodyHere, to_sign_in


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("actions", __name__, url_prefix="/actions")
    blueprint.add_url_rule("/confirm", view_func=ConfirmSeveralPage.as_view("several", office))
    blueprint.add_url_rule("/hand-over", view_func=HandOverPage.as_view("hand_over", office))
    blueprint.add_url_rule("/<ref>", view_func=ActionPage.as_view("action", office))
    blueprint.add_url_rule("/<ref>/withdraw", view_func=WithdrawPage.as_view("withdraw", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
