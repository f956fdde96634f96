"""What is said of checks of confirmed actions. What was asked, and what was said to be done, never stands here."""

from bot.messages.settled import settled
from bot.views.actions import open_action, settled_line
from bot.views.audits import due_words, to_the_pages
from bot.views.checks import settled_check, to_check
from bot.views.parts import section
from programme.notices import Dropped, Letter, Notice, Rank
from programme.reminders import still_said
from storage import find
from storage.office import Office
from storage.session import Session


def asked(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """For the first time, or in place of somebody who cannot."""
    check = find.checks.by_ref(session, notice.about)
    if not check.waits or check.checker is None or check.checker.id != notice.person.id:
        return settled("not theirs to check any more", settled_check(check, notice.person))
    return Letter(
        text="You are asked to check something that was done",
        rank=Rank.ASKED,
        blocks=[
            section(
                "*You are asked to check one confirmed action.* Look whether the record shows what was done."
                " You are of another service, so that nobody checks their own."
            ),
            *to_check(check, office.today(session)),
            to_the_pages(),
        ],
    )


def reminded(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    check, today = find.checks.by_ref(session, notice.about), office.today(session)
    if not check.waits or check.checker is None or check.checker.id != notice.person.id or check.due_on is None:
        return settled("not theirs to check any more", settled_check(check, notice.person))
    steps = find.chasing.steps(session, [check.ref]).get(check.ref, [])
    due = due_words(check.due_on, today)
    if not still_said(steps, due_on=check.due_on, at=notice.made_at):
        return settled("said anew since", f"*{check.action.ref}*: its check {due}.")
    return Letter(
        text=f"A check of yours {due if due.startswith('was') else f'is {due}'}",
        rank=Rank.LATE if check.due_on < today else Rank.DUE_SOON,
        blocks=[*to_check(check, today), to_the_pages()],
    )


def reopened(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """For its owner with the button, for who leads them in a line; why stands on the pages."""
    action, today = find.actions.by_ref(session, notice.about), office.today(session)
    if not action.is_open:
        return settled("done since", settled_line(action))
    said = f"*{action.ref} is open again.* It was checked, and the record does not show that it was done."
    if action.owner.id == notice.person.id:
        return Letter(
            text="An action of yours is open again",
            blocks=[
                section(f"{said} What is missing stands on the pages."),
                *open_action(action, today),
                to_the_pages(),
            ],
        )
    return Letter(
        text="An action in your service is open again",
        blocks=[section(f"{said} It is {due_words(action.due_on, today)}, and its owner knows."), to_the_pages()],
    )
