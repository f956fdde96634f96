"""What those who run the month are told while something can still be done: it may fall short."""

from bot.messages.settled import settled
from bot.views.audits import to_the_pages
from bot.views.parts import section
from programme.calendar import month_name
from programme.notices import Dropped, Letter, Notice
from programme.words import RoundState
from storage import find, forecasting
from storage.office import Office
from storage.session import Session

WAYS_AT_MOST = 3


def may_fall_short(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """The arithmetic, what is likely, and the best ways to close the gap; nobody is named."""
    of = find.rounds.of_month(session, notice.about)
    name = month_name(notice.about)
    if of.state is not RoundState.DISTRIBUTED:
        return settled("the month has gone on", f"*{name}*: what came back is known. See the month's board.")
    made = forecasting.made(session, office, notice.about)
    if not made.falls_short:
        return settled("it does not fall short any more", f"*{name}* is likely to reach its target now. Thank you.")
    ways = sorted(made.ways, key=lambda way: -way.adds)[:WAYS_AT_MOST]
    lines = [f"• {way.words}: about {way.adds} more" for way in ways if way.adds]
    return Letter(
        text=f"{name} may fall short of its target",
        blocks=[
            section(f"*{name} may fall short.* {made.first_line}", made.likely_line),
            *([section("*What would help*", *lines)] if lines else []),
            to_the_pages(),
        ],
    )
