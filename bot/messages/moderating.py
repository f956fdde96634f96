"""What is said while an audit is moderated: sent back, come again, not agreed on, decided.

No judgement stands here, nor a word that anybody wrote.
"""

from bot import names
from bot.messages.settled import settled
from bot.views.audits import to_the_pages
from bot.views.moderation import to_its_page
from bot.views.parts import button, buttons, escaped, section
from programme.moderation import Moderation
from programme.notices import Dropped, Letter, Notice
from storage import find, moderating
from storage.office import Office
from storage.session import Session


def sent_back(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """For its auditor, until they have sent it again or it is agreed without that."""
    found = find.moderations.must_be(session, notice.about)
    back, ref = found.last_sent_back, notice.about
    if back is None or not found.is_back_with(notice.person):
        return settled("not with them any more", f"*{ref}* is not with you any more. Thank you.")
    when = "was" if back.until < office.today(session) else "is"
    return Letter(
        text="Your audit came back: something is missing",
        blocks=[
            section(
                f"*{ref} came back to you.* Its moderators ask for something that is missing.",
                f"The day for it {when} {back.until:%A %-d %B}. All you wrote is in the form, and it stays as in"
                " time as it was. If nothing comes, they go on with what there is.",
            ),
            buttons(f"{names.AUDIT_BLOCK} {ref}", [button("Open the form", names.OPEN_FORM, ref, primary=True)]),
        ],
    )


def newer(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """For the pair: what was sent back came again, or what one has read has changed."""
    found = find.moderations.must_be(session, notice.about)
    if not _still_moderates(found, notice):
        return settled("agreed, or with others", f"*{notice.about}:* there is nothing more to do. Thank you.")
    returned = moderating.return_of(session, found)
    own = next(each for each in found.readings if each.moderator.id == notice.person.id)
    if own.of_version == returned.version and own.read_at is not None:
        return settled("they have looked at it", f"*{notice.about}:* you have looked at the newer version. Thank you.")
    ask = "Say whether your judgement stands." if own.read_at else "You have not judged it yet."
    return Letter(
        text="A newer version of an audit that you moderate",
        blocks=[
            section(f"*A newer version of {notice.about} has come.* {ask} The page shows what is other than before."),
            to_its_page(notice.about),
        ],
    )


def _still_moderates(found: Moderation, notice: Notice) -> bool:
    return not found.is_agreed and any(each.moderator.id == notice.person.id for each in found.readings)


def disputed(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """For who decides."""
    found = find.moderations.must_be(session, notice.about)
    deciders = find.moderations.deciders(session, found, on=office.today(session))
    if not found.waits_for_a_decision or notice.person.id not in {each.id for each in deciders}:
        return settled("settled by now", f"*{notice.about}:* that is settled. Thank you.")
    pair = " and ".join(escaped(each.moderator.name) for each in found.readings)
    return Letter(
        text="Two moderators do not agree",
        blocks=[
            section(
                f"*{pair} do not agree on {notice.about}.* Both judgements and their words are kept.",
                "You decide. Until you do, it counts as not moderated; if they agree before that, you hear no more.",
            ),
            to_its_page(notice.about),
        ],
    )


def decided(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """For the pair that did not agree."""
    found = find.moderations.must_be(session, notice.about)
    if not found.is_agreed or found.agreed_by is None:
        return Dropped("not decided any more")
    return Letter(
        text="It is decided",
        blocks=[
            section(
                f"*{escaped(found.agreed_by.name)} has decided on {notice.about}.* Thank you both. What was"
                " decided, and why, is on the pages; your judgements stand beside it."
            ),
            to_the_pages(),
        ],
    )
