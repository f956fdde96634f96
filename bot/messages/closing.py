"""What is said when an audit is closed: to its auditor and to the Team Manager. How many actions there were is not for
everybody in a team, so it is not counted here.
"""

from bot.messages.settled import settled
from bot.views.audits import to_the_pages
from bot.views.parts import section
from programme.notices import Dropped, Letter, Notice, Rank
from storage import find
from storage.office import Office
from storage.session import Session


def closed(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    audit = find.allocations.by_ref(session, notice.about)
    if find.closings.of_audit(session, audit) is None:
        return settled("open again", f"*{audit.ref}* is open again: something of it is to be done once more.")
    return Letter(
        text="An audit is closed",
        rank=Rank.NEWS,
        blocks=[
            section(
                f"*{audit.ref} ({audit.case.ref}) is closed.* Its outcome stands, and nothing more is asked. Thank you."
            ),
            to_the_pages(),
        ],
    )
