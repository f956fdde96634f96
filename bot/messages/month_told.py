"""The day's digest for those who run the month: what needs them, and what changed since they last heard."""

from bot.messages.settled import settled
from bot.views.audits import BESIDE, to_the_pages
from bot.views.fitting import within_message
from bot.views.parts import escaped, quiet, section, sections
from programme.notices import Dropped, Letter, Notice, Rank
from storage import find, telling
from storage.office import Office
from storage.session import Session


def told(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """What needs them now; what changed until it was made."""
    if not find.notices.is_newest_of_kind(session, notice):
        return settled("said anew since", "A newer message says what needs you.")
    seen = telling.month_seen(session, office, notice.person, until=notice.made_at)
    if not seen.is_worth_saying:
        return settled("nothing needs them any more", f"*{seen.line()}*")
    changed = f"Since you last heard: {', '.join(seen.changes())}."
    return Letter(
        text=seen.line(),
        rank=Rank.ASKED if seen.needs else Rank.NEWS,
        blocks=[
            section(f"*{seen.line()}*"),
            *within_message(sections([escaped(each.said) for each in seen.needs]), beside=BESIDE),
            *([quiet(changed)] if seen.changed else []),
            to_the_pages(),
        ],
    )
