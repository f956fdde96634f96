"""More time that somebody asks for: what their Head of Service reads, and what they hear."""

from bot.messages.hours import in_the_hours
from bot.messages.settled import settled
from bot.views import more_time as drawn
from bot.views.audits import due_words, how_it_ended, open_audit, sentence
from bot.views.parts import escaped, section
from programme.more_time import answer_words
from programme.notices import Dropped, Letter, Notice
from programme.reminder_facts import MoreTimeGiven
from storage import find
from storage.office import Office
from storage.session import Session


def asked(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    [allocation] = find.chasing.audits(session, [notice.about])
    until, holder, today = allocation.asked_until, allocation.holder, office.today(session)
    if until is None or holder is None or not allocation.is_open or not notice.person.can_give_more_time(allocation):
        return settled("settled meanwhile", _how_it_was_settled(session, notice))
    return Letter(
        text="More time is asked for an audit",
        blocks=[
            section(f"*{escaped(holder.name)} asks for more time for {allocation.ref}*, until {until:%A %-d %B}."),
            section(
                f"{sentence(due_words(allocation.due_on, today))}. {sentence(answer_words(allocation, office.rules))}"
            ),
            drawn.decide(allocation),
        ],
    )


def given(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """What somebody gives is said at once; what nobody answered falls due at an evening, and can wait for a morning."""
    said = _answered(session, office, notice, "You have more time for this audit")
    answer = find.chasing.answer_on_more_time(session, notice.about, since=notice.made_at)
    by_somebody = answer is not None and answer.by
    if isinstance(said, Dropped) or by_somebody:
        return said
    return in_the_hours(session, office, notice.person, said)


def refused(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    return _answered(session, office, notice, "The date of this audit stays")


def _answered(session: Session, office: Office, notice: Notice, said: str) -> Letter | Dropped:
    """What its auditor reads, while it is theirs."""
    allocation = find.allocations.by_ref(session, notice.about)
    if not allocation.is_open or allocation.holder is None or allocation.holder.id != notice.person.id:
        return settled("not theirs to do any more", how_it_ended(allocation, notice.person))
    swap = find.swaps.open_for(session, allocation.ref)
    return Letter(text=said, blocks=[section(f"*{said}.*"), *open_audit(allocation, office.today(session), swap)])


def _how_it_was_settled(session: Session, notice: Notice) -> str:
    answer = find.chasing.answer_on_more_time(session, notice.about, since=notice.made_at)
    if answer is None:
        return f"*{notice.about}*: no more time is asked for."
    if answer.kind != MoreTimeGiven.kind():
        return f"*{notice.about}*: the date stays, as {escaped(answer.by)} said."
    return (
        f"*{notice.about}*: more time was given{f' by {escaped(answer.by)}' if answer.by else ', as nobody answered'}."
    )
