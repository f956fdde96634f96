"""Moderation in chat: the day, whether a moderator comes, and the button that opens the page of one audit."""

from bot import names, who
from bot.admin import must_run_the_month
from bot.allocations import link_for
from bot.listening import Answer, Call
from bot.views.audits import link_modal
from bot.views.moderation import open_day_modal
from programme.moderation_day import Meeting
from storage import find, moderating, moderation_day, pairing

COMING = "Thank you. You are expected. The day is in the calendar file of your message."
NOT_COMING = "Thank you for saying so. Somebody else is named for what you have not read."


def on_coming(call: Call) -> Answer:
    return _answer(call, coming=True)


def on_cannot_come(call: Call) -> Answer:
    return _answer(call, coming=False)


def on_calendar_file(call: Call) -> Answer:
    """A link to the day as a file for one's own calendar, for whoever is asked to come."""
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        day = find.moderation_days.must_be(session, find.rounds.of_month(session, call.value))
        day.must_be_asked(me)
        address = link_for(session, call.office, me, f"/rounds/{call.value}/moderation/day.ics")
    words = "The day, its hours and its place, for your own calendar."
    return Answer(view=link_modal("Calendar file", words, "Get the file", address))


def on_open_day(call: Call) -> Answer:
    """Who would read what; nothing is changed."""
    with call.office.record.reading() as session:
        must_run_the_month(session, call)
        of = find.rounds.of_month(session, call.value)
        opened = find.moderation_days.of_round(session, of) is not None
        meeting = None if opened else moderation_day.meeting_of(session, call.office, of.month)
        return Answer(view=open_day_modal(of, pairing.preview(session, call.office, of.month), meeting))


def on_open_day_sent(call: Call) -> Answer:
    month, _, seen = call.about.partition(" ")
    fields = (names.BEGINS_FIELD, names.ENDS_FIELD, names.PLACE_FIELD)
    begins, ends, place = (call.filled(name) for name in fields)
    with call.office.record.writing() as session:
        me = must_run_the_month(session, call)
        meeting = Meeting.typed(begins, ends, place) if begins else None
        opened = moderation_day.open_seen(session, call.office, month, me, meeting=meeting, seen=seen)
    return Answer(
        text=f"{len(opened.pairing.paired)} given to pairs. Each moderator gets one message in the next minute."
    )


def _answer(call: Call, *, coming: bool) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        moderation_day.answer(session, call.office, call.value, me, coming=coming)
    return Answer(text=COMING if coming else NOT_COMING)


def on_open(call: Call) -> Answer:
    """A link to the page of one audit, for who moderates it or decides, for ten minutes."""
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        page = moderating.page_for(session, call.office, call.value, me)
        address = link_for(session, call.office, me, page)
    return Answer(view=link_modal("Moderation", f"{call.value} is ready for you.", "Go to the page", address))
