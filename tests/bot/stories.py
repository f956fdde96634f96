"""Moves by name, and the stories they make: between them every message is drawn in every state.

All of a story stays within one transaction that is taken back, so that hundreds of them run on one record. A message
of a new kind needs a move that makes it in `happening.py`, and a story here that comes to it.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta

from sqlalchemy.exc import IntegrityError

from programme.notices import Answer, Reply
from programme.refusals import Refusal
from programme.words import AbsenceKind, Priority, Safety, SwapKind
from storage import alarming, clock, coming_in, find, helping, more_time, roll_checking, swapping
from storage import month as months
from tests.bot import happening as h
from tests.cast import MONTH, NOW


def withdraws_the_month(it: h.World) -> None:
    """It was given out by mistake, and one auditor has heard of theirs by then."""
    for told in find.notices.of_kind(it.session, "case_given_out")[:1]:
        told.record(Reply(Answer.OK), at=NOW, real_now=NOW)
    months.withdraw(it.session, it.office, MONTH, it.who("administrator"), "Words.")


MOVES: Mapping[str, h.Move] = {
    "asks one": h.asks(SwapKind.TWO_WAY, "free"),
    "asks for cover": h.asks(SwapKind.COVER, "free"),
    "asks to exchange": h.asks(SwapKind.EXCHANGE, "peer"),
    "accepts": h.answers(swapping.accept, "free"),
    "exchanges": h.answers(swapping.accept, "peer"),
    "declines": h.answers(swapping.decline, "free"),
    "withdraws": h.answers(swapping.withdraw, "auditor"),
    "undoes": h.answers(swapping.undo, "free"),
    "must be approved": h.accepts_for_approval,
    "approves": h.answers(swapping.approve, "administrator"),
    "turns down": h.answers(swapping.turn_down, "administrator"),
    "nobody answers": lambda it: swapping.expire(it.session, it.office, it.swap),
    "finds nobody": lambda it: swapping.found_nobody(it.session, it.office, h.REF, it.who("auditor")),
    "arranges": h.makes,
    "offers help": lambda it: helping.offer_help(it.session, it.office, it.who("free")),
    "day 5": h.goes_on_to(5),
    "day 6": h.goes_on_to(6),
    "day 12": h.goes_on_to(12),
    "day 16": h.goes_on_to(16),
    "day 17": h.goes_on_to(17),
    "day 19": h.goes_on_to(19),
    "day 20": h.goes_on_to(20),
    "day 25": h.goes_on_to(25),
    "November": h.goes_on_to(2, month=11),
    "reminds": h.reminds,
    "tells the day": h.tells_the_day,
    "issues the report": h.issues_the_report,
    "thanks": h.thanks,
    "asks again": h.asks_again,
    "more time": h.wants_more_time(17),
    "more still": h.wants_more_time(19),
    "is given more": lambda it: more_time.give(it.session, it.office, h.REF, it.who("head_of_service")),
    "is refused more": lambda it: more_time.refuse(it.session, it.office, h.REF, it.who("head_of_service")),
    "puts it off": h.puts_off,
    "day 18": h.goes_on_to(18),
    "hands back": h.hands_back,
    "withdraws the month": withdraws_the_month,
    "gives a reason": h.gives_a_reason,
    "returns": h.returns(Safety.NO_CONCERN, Priority.STANDARD, Priority.PLANNED),
    "returns a worry": h.returns(Safety.NOT_ASSURED, Priority.STANDARD),
    "sounds the alarm": h.sounds_the_alarm,
    "has it": lambda it: alarming.take(it.session, it.office, h.alert(it), it.who("team_manager")),
    "an hour later": lambda it: clock.set_to(it.session, it.office.now(it.session) + timedelta(minutes=61)),
    "tells again": lambda it: alarming.repeat(it.session, it.office, h.alert(it)),
    "moderates": h.moderates,
    "both read": h.both_read,
    "agrees": h.agrees,
    "confirms": h.confirms,
    "is held": h.is_held("auditor", matched=True, mend=2),
    "is held and whole": h.is_held("auditor", matched=True),
    "is held for nobody": h.is_held("auditor", matched=False, mend=1),
    "asks to mend": h.decides("ask"),
    "discards": h.decides("discard"),
    "the sheet pauses": h.sheet("pauses"),
    "the sheet loses rows": h.sheet("loses rows"),
    "the sheet is whole": h.sheet("is whole"),
    "is chosen": h.is_chosen,
    "asks for the roll": h.asks_for_the_roll,
    "all correct": lambda it: roll_checking.confirm(it.session, it.office, h.roll(it), it.who("head_of_service")),
    "joins": h.joins,
    "follows up": h.follows_up,
    "warns": h.warns,
    "the month goes on": h.the_month_goes_on,
    "the peer leaves": h.leaves("peer", date(2017, 9, 15)),
    "the auditor leaves": h.leaves("auditor", date(2017, 10, 6)),
    "hands on": h.hands_on,
    "the manager leaves": h.leaves("team_manager", date(2017, 10, 3)),
    "hands the manager's on": h.hands_the_managers_on,
    "is away": h.is_away(AbsenceKind.HANDS_OVER, "auditor"),
    "is noted away": h.is_away(AbsenceKind.FINISHES, "head_of_service"),
    "was away": h.was_away,
    "the account goes": h.account_goes,
    "Slack refuses us": h.slack_refuses_us,
    "Slack knows us": lambda it: find.notices.switch(it.session, to_change=True).is_known_again(),
    "asks for a link": lambda it: coming_in.ask_for_link(it.session, it.office, it.who("auditor").email),
}

STORIES: Sequence[Sequence[str]] = [
    [],
    ["asks one"],
    ["asks one", "accepts"],
    ["asks one", "accepts", "undoes"],
    ["asks one", "declines"],
    ["asks one", "withdraws"],
    ["asks one", "day 5", "nobody answers"],
    ["asks one", "must be approved"],
    ["asks one", "must be approved", "approves"],
    ["asks one", "must be approved", "turns down"],
    ["asks for cover"],
    ["asks for cover", "accepts"],
    ["asks to exchange"],
    ["asks to exchange", "exchanges"],
    ["finds nobody"],
    ["finds nobody", "offers help"],
    ["arranges"],
    ["gives a reason"],
    ["gives a reason", "returns"],
    ["hands back"],
    ["withdraws the month"],
    ["asks one", "day 6", "reminds", "withdraws the month"],
    ["day 6", "reminds"],
    ["day 12", "reminds"],
    ["day 16", "reminds"],
    ["day 17", "reminds"],
    ["day 19", "reminds"],
    ["day 17", "reminds", "day 19", "returns"],
    ["day 6", "tells the day"],
    ["day 6", "gives a reason", "tells the day"],
    ["day 6", "gives a reason", "tells the day", "returns"],
    ["day 6", "gives a reason", "tells the day", "day 16", "tells the day"],
    ["day 16", "reminds", "puts it off"],
    ["day 16", "puts it off", "day 18", "reminds"],
    ["more time", "more still"],
    ["day 16", "reminds", "more time", "more still", "day 18", "reminds"],
    ["more time", "more still", "is given more"],
    ["more time", "more still", "is refused more"],
    ["more time", "more still", "returns"],
    ["more time", "more still", "day 5", "asks again"],
    ["more time", "more still", "day 5", "asks again", "is refused more"],
    ["day 20", "asks again"],
    ["day 20", "asks again", "day 25", "asks again"],
    ["returns"],
    ["day 20", "returns"],
    ["returns a worry"],
    ["returns a worry", "confirms"],
    ["returns a worry", "day 12", "reminds"],
    ["returns a worry", "day 12", "reminds", "confirms"],
    ["sounds the alarm"],
    ["sounds the alarm", "an hour later", "tells again"],
    ["sounds the alarm", "has it"],
    ["returns", "moderates"],
    ["returns", "moderates", "agrees"],
    ["returns", "moderates", "day 19", "reminds"],
    ["returns", "moderates", "day 20", "reminds"],
    ["returns", "moderates", "day 19", "reminds", "day 20", "reminds"],
    ["returns", "moderates", "both read", "day 25", "reminds"],
    ["returns", "moderates", "day 20", "reminds", "agrees"],
    ["returns", "moderates", "agrees", "confirms"],
    ["returns", "issues the report", "thanks"],
    ["returns", "moderates", "agrees", "issues the report", "thanks"],
    ["returns", "moderates", "agrees", "confirms", "issues the report", "thanks"],
    ["is held"],
    ["is held and whole"],
    ["is held for nobody"],
    ["is held", "asks to mend"],
    ["is held", "discards"],
    ["the sheet pauses"],
    ["the sheet pauses", "the sheet is whole"],
    ["the sheet loses rows"],
    ["the sheet loses rows", "the sheet is whole"],
    ["is chosen"],
    ["is chosen", "returns"],
    ["asks for the roll"],
    ["asks for the roll", "all correct"],
    ["asks for the roll", "joins"],
    ["asks for the roll", "day 25", "follows up"],
    ["asks for the roll", "November"],
    ["warns"],
    ["warns", "the month goes on"],
    ["the peer leaves"],
    ["the auditor leaves"],
    ["the auditor leaves", "hands on"],
    ["returns a worry", "the manager leaves", "day 5", "hands the manager's on"],
    ["is away"],
    ["is noted away"],
    ["day 17", "reminds", "was away"],
    ["the account goes"],
    ["asks for a link"],
    ["Slack refuses us"],
    ["Slack refuses us", "Slack knows us"],
]


def happen(world: h.World, moves: Sequence[str]) -> None:
    """One after another; what is refused as things stand, by a rule or by the record, is left out."""
    for name in moves:
        with suppress(Refusal, IntegrityError), world.session.begin_nested():
            MOVES[name](world)
            world.session.flush()
