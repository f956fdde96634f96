"""What is mine to do, as a file for my own calendar."""

from flask import Blueprint, Response
from flask.views import MethodView

from programme import diary
from storage import find
from storage.office import Office
from web.sign_in import NobodyHere, require_person, to_sign_in


class DiaryFile(MethodView):
    def __init__(self, office: Office) -> None:
        self.office = office

    def get(self) -> Response:
        with self.office.record.reading() as session:
            me = require_person(session, self.office)
            mine: list[diary.Entry | diary.Appointment] = [
                *diary.entries(
                    find.allocations.open_with(session, me),
                    find.moderations.waiting_for(session, me),
                    find.actions.open_for(session, me),
                ),
                *(diary.appointment(*each) for each in find.moderation_days.asked_to(session, me.id)),
            ]
            file = diary.calendar_file(mine, address=self.office.address, made_at=self.office.now(session))
        headers = {"Content-Disposition": "attachment; filename=auditloop.ics"}
        return Response(file, content_type="text/calendar; charset=utf-8", headers=headers)


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("diary", __name__)
    blueprint.add_url_rule("/me/calendar.ics", view_func=DiaryFile.as_view("file", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
