"""What is said of outcomes: no judgement, and nothing that somebody wrote. Both stand on the page."""

from datetime import date

from bot import names
from bot.messages.settled import settled
from bot.views.outcomes import its_copy
from bot.views.parts import Block, button, buttons, escaped, section
from programme.notices import Dropped, Letter, Notice
from programme.outcomes import Outcome
from storage import find
from storage.office import Office
from storage.session import Session


def sent(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Each one's own copy."""
    outcome = find.outcomes.of_audit(session, notice.about)
    copy = outcome.copy_of(notice.person) if outcome else None
    if outcome is None or copy is None:
        return Dropped("not sent to them any more")
    return Letter(
        text="The outcome of an audit",
        blocks=its_copy(outcome, copy, _answered_until(session, office, outcome, notice)),
    )


def answered(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """For the auditor: somebody who works with the child said something of it."""
    allocation = find.allocations.by_ref(session, notice.about)
    if allocation.holder is None or allocation.holder.id != notice.person.id:
        return Dropped("not their audit any more")
    return Letter(
        text="Your audit was answered",
        blocks=[section(f"*{allocation.ref} was answered* by who works with the child."), _read(allocation.ref)],
    )


def mistake(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """For those who moderated it, while it waits for them."""
    outcome = find.outcomes.must_be(session, notice.about)
    audit, waiting = outcome.allocation, [each for each in outcome.said if each.waits]
    if not waiting:
        return settled("settled meanwhile", f"*{audit.ref}*: the mistake that was pointed out is answered. Thank you.")
    return Letter(
        text="A mistake was pointed out in an audit that you moderated",
        blocks=[
            section(
                f"*A factual mistake was pointed out in {audit.ref}.*",
                f"{audit.round.name}: {escaped(audit.round.theme)}.",
                "Read it, talk, and one of you answers: what was agreed stands, or it is mended.",
            ),
            _read(audit.ref),
        ],
    )


def _answered_until(session: Session, office: Office, outcome: Outcome, notice: Notice) -> date | None:
    open_still = outcome.may_be_answered(at=office.now(session), rules=office.rules)
    may = notice.person.can_answer_outcome(outcome) and open_still
    return outcome.closes_on(office.rules) if may else None


def _read(ref: str) -> Block:
    return buttons(f"{names.OUTCOME_BLOCK} {ref}", [button("Read it", names.SIGN_IN, f"/audits/{ref}", primary=True)])
