"""A thank-you to an auditor. What was agreed stands on the pages, never here."""

from bot.messages.settled import settled
from bot.views.audits import to_the_pages
from bot.views.parts import section, sections
from programme.notices import Dropped, Letter, Notice, Rank
from storage import find, thanking
from storage.office import Office
from storage.session import Session


def thanked(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    of = find.rounds.of_month(session, notice.about)
    made = thanking.made_by(session, of, notice.person)
    if not made:
        return settled("nothing of theirs is in any more", f"*{of.name} is reported.* Thank you.")
    audits = "audit" if len(made) == 1 else f"{len(made)} audits"
    return Letter(
        text=f"Thank you for your {audits} of {of.name}",
        rank=Rank.THANKS,
        blocks=[
            section(f"*Thank you for your {audits} of {of.name}.* The month is reported, and this came of it:"),
            *sections([each.said() for each in made]),
            *([section("What was agreed, and why, is on the pages.")] if any(each.agreed for each in made) else []),
            to_the_pages(),
        ],
    )
