"""Actions that go to another owner several at once: to who has them now, and to who had them. Never their words."""

from bot.messages.settled import settled
from bot.views.actions import my_actions, settled_line
from bot.views.audits import BESIDE, to_the_pages
from bot.views.fitting import within_message
from bot.views.parts import escaped, section, sections
from programme.notices import Dropped, Letter, Notice
from storage import find
from storage.office import Office
from storage.session import Session


def given(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """To the new owner: all that came to them then and is still theirs to do."""
    came = find.actions.handed_on_at(session, notice.made_at)
    theirs = [each for each in came if each.owner is notice.person]
    still_open = [each for each in theirs if each.is_open]
    if not still_open:
        lines = [settled_line(each) for each in theirs] or ["These actions are with somebody else now."]
        return settled("nothing left to do", *lines)
    said = "1 action is" if len(still_open) == 1 else f"{len(still_open)} actions are"
    return Letter(
        text=f"{said} yours now",
        blocks=[
            section(f"*{said} yours now.* They were somebody else's; their dates stay. Read them on the pages."),
            *within_message(my_actions(still_open, office.today(session)), beside=BESIDE),
            to_the_pages(),
        ],
    )


def taken_over(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """To who had them: which they were, and with whom they are now."""
    gone = find.actions.handed_on_at(session, notice.made_at, before=notice.person)
    elsewhere = [each for each in gone if each.owner is not notice.person]
    if not elsewhere:
        return settled("they are back", "*They are yours again.*")
    said = "1 action is" if len(elsewhere) == 1 else f"{len(elsewhere)} actions are"
    lines = [f"*{each.ref}*  with {escaped(each.owner.name)}" for each in elsewhere]
    return Letter(
        text=f"{said} with somebody else now",
        blocks=[
            section(f"*{said} with somebody else now.* There is nothing more for you to do."),
            *within_message(sections(lines), beside=BESIDE),
        ],
    )
