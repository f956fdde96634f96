"""`/audit report`: the month in three lines, for those who may read it; all of it stands on the pages."""

from bot import who
from bot.listening import Answer, Call
from bot.views.audits import to_the_pages
from bot.views.parts import section
from bot.views.report import glance_lines
from programme.refusals import NotAllowed, Refusal
from storage import find, reporting


def on_report(call: Call) -> Answer:
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        of = find.rounds.current(session)
        if of is None:
            msg = "No month is under way. Past months stand on the pages."
            raise Refusal(msg)
        report = find.reports.of_round(session, of)
        if not me.can_see_report(of, issued=report is not None and report.is_issued):
            msg = f"The report for {of.name} is not issued yet. Type /audit to see what is yours."
            raise NotAllowed(msg)
        said = reporting.figures(session, call.office, of)
    return Answer(text=f"{of.name} at a glance", blocks=[section(*glance_lines(of.name, said)), to_the_pages()])
