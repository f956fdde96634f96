"""What a Head of Service is asked once more: why an audit did not come back, and whether there is more time."""

from bot.messages.settled import settled
from bot.views import more_time
from bot.views.audits import BESIDE, sentence, to_the_pages
from bot.views.fitting import within_message
from bot.views.parts import Block, escaped, section
from bot.views.reminders import to_explain
from programme.allocations import Allocation
from programme.more_time import answer_words
from programme.notices import Dropped, Letter, Notice, Rank
from programme.rulebook import Rulebook
from storage import asking_again, find
from storage.office import Office
from storage.session import Session


def asked_again(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """All that waits for them of that month now."""
    found = [each for each in asking_again.not_answered(session, office) if each.round.month == notice.about]
    theirs = next((each for each in found if each.head.id == notice.person.id), None)
    if theirs is None:
        return settled("all of it is answered", "*Nothing waits for your answer any more.* Thank you.")
    if not find.notices.is_newest_of_kind(session, notice, about=notice.about):
        return settled("said anew since", "A newer message says what waits for your answer.")
    today, silent = office.today(session), len(theirs.silent)
    lines: list[Block] = [block for audit in theirs.asked for block in _more_time(audit, office.rules)]
    if silent:
        not_back = "1 audit has" if silent == 1 else f"{silent} audits have"
        lines += [
            section(f"*{not_back} not come back, and nobody has said why.* In the report silence stands as silence."),
            *[to_explain(audit, today) for audit in theirs.silent],
        ]
    return Letter(
        text="Something waits for your answer",
        rank=Rank.ASKED,
        blocks=[*within_message(lines, beside=BESIDE), to_the_pages()],
    )


def _more_time(audit: Allocation, rules: Rulebook) -> list[Block]:
    who = escaped(audit.holder.name) if audit.holder else "Its auditor"
    waits = f"*{who} waits to hear whether there is more time for {audit.ref}.*"
    return [section(waits, sentence(answer_words(audit, rules))), more_time.decide(audit)]
