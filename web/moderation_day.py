"""The moderation day on the pages: how it goes, what is mine of it, who comes, and the day for a calendar."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from programme import diary
from programme.moderation_day import Invitation, ModerationDay
from programme.people import Person
from programme.reading_list import reading_list
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.tracking import track
from programme.words import AllocationState
from storage import find, moderation_day
from storage.office import Office
from storage.session import Session
from web.sign_in import NobodyHere, require_person, to_sign_in


@dataclass(frozen=True)
class DayPage(MethodView):
    office: Office


@dataclass(frozen=True)
class MinePage(DayPage):
    """One moderator's own list, and whether they come; there is none for who has nothing of the month."""

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me, of = require_person(session, self.office), find.rounds.of_month(session, month)
            mine = find.moderations.of_moderator(session, of, me)
            day = find.moderation_days.of_round(session, of)
            invitation = day.invitation_of(me) if day else None
            if not mine and invitation is None:
                raise NotFound("Nothing of this month is yours to moderate.")
            return render_template(
                "moderation/mine.html",
                round=of,
                lines=reading_list(mine, me),
                day=day,
                invitation=invitation,
                is_over=day is not None and self.office.now(session) >= day.ends_at,
                follows=me.can_follow_moderation(),
            )

    def post(self, month: str) -> ResponseReturnValue:
        """Coming, or not."""
        coming = request.form.get("coming") == "yes"
        try:
            with self.office.record.writing() as session:
                me = require_person(session, self.office)
                moderation_day.answer(session, self.office, month, me, coming=coming)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            flash(refusal.sentence, "refused")
        else:
            flash("Thank you. You are expected." if coming else "Thank you for saying so.", "done")
        return redirect(f"/rounds/{month}/moderation/mine", code=303)


class DayFile(DayPage):
    """The day for one's own calendar. It bears the same mark for ever, and a higher number with each change."""

    def get(self, month: str) -> Response:
        with self.office.record.reading() as session:
            _, day, mine = _asked(session, self.office, month)
            entry = diary.appointment(day, mine)
            file = diary.calendar_file([entry], address=self.office.address, made_at=self.office.now(session))
        headers = {"Content-Disposition": f"attachment; filename=moderation-{month}.ics"}
        return Response(file, content_type="text/calendar; charset=utf-8", headers=headers)


@dataclass(frozen=True)
class TrackerPage(DayPage):
    """How the day goes. While people meet it is fetched anew each minute for who asks for that; nobody is thrown back
    to the top of a page unasked.
    """

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            me, of = require_person(session, self.office), find.rounds.of_month(session, month)
            if not me.can_follow_moderation():
                raise NotAllowed("Those who see the month follow its moderation.")
            now, day = self.office.now(session), find.moderation_days.of_round(session, of)
            found = find.moderations.of_round(session, of)
            waiting = find.moderations.without_a_pair(session, of)
            runs = day is not None and day.runs(at=now)
            return render_template(
                "moderation/tracker.html",
                round=of,
                now=now,
                day=day,
                tracked=track(found.values(), find.moderations.judged(session, of), me),
                undated=find.moderations.undated(session, of),
                gaps=find.moderations.knowledge_gaps(session, of),
                late=[each for each in waiting if each.state is AllocationState.RETURNED_LATE],
                in_time=[each for each in waiting if each.state is AllocationState.RETURNED_IN_TIME],
                opens=me.can_open_moderation(),
                sees_workshop=me.can_see_workshop(),
                refreshes=runs and "each-minute" in request.args,
                runs=runs,
            )


def _asked(session: Session, office: Office, month: str) -> tuple[Person, ModerationDay, Invitation]:
    me, of = require_person(session, office), find.rounds.of_month(session, month)
    day = find.moderation_days.must_be(session, of)
    return me, day, day.must_be_asked(me)


def routes(office: Office) -> Blueprint:
    blueprint = Blueprint("moderation_day", __name__, url_prefix="/rounds")
    blueprint.add_url_rule("/<month>/moderation", view_func=TrackerPage.as_view("tracker", office))
    blueprint.add_url_rule("/<month>/moderation/mine", view_func=MinePage.as_view("mine", office))
    blueprint.add_url_rule("/<month>/moderation/day.ics", view_func=DayFile.as_view("file", office))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
