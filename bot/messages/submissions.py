"""What is said of something that arrived and cannot count as it is: to who sent it, and to who decides."""

from bot.messages.settled import settled
from bot.views.held import settled_line, to_decide, to_mend, to_the_held
from bot.views.parts import escaped, section
from bot.views.safety import duty_team
from programme.notices import Dropped, Letter, Notice
from storage import find
from storage.office import Office
from storage.session import Session


def held(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    submission = find.submissions.by_ref(session, notice.about)
    if not submission.waits:
        return settled("settled meanwhile", settled_line(submission))
    if not notice.person.can_see_held(submission):
        return settled("not theirs any more", f"*{submission.ref}*: the audit is with somebody else now.")
    if submission.is_from(notice.person):
        return Letter(text="Your audit has arrived, and needs a look", blocks=to_mend(submission))
    return Letter(text="A return is held", blocks=to_decide(submission))


def asked(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    submission = find.submissions.by_ref(session, notice.about)
    if not submission.waits:
        return settled("settled meanwhile", settled_line(submission))
    return Letter(
        text="Please look at your audit once more",
        blocks=[section("*The administrator asks you to look at your audit once more.*"), *to_mend(submission)],
    )


def discarded(session: Session, _office: Office, notice: Notice) -> Letter:
    submission = find.submissions.by_ref(session, notice.about)
    return Letter(
        text="Something you sent does not count",
        blocks=[section(settled_line(submission), "It is kept. Ask the administrator if you expected otherwise.")],
    )


def unsafe_unmatched(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Nobody can tell which child it is about, so whoever gets this rings who sent it."""
    submission = find.submissions.by_ref(session, notice.about)
    if not submission.waits:
        return settled("settled meanwhile", settled_line(submission))
    sender = find.people.by_email(session, submission.respondent)
    ring = f"Ring {escaped(sender.name)}, who sent it, at once" if sender else "Find out at once who sent it"
    return Letter(
        text="Act now: open this message and ring",
        blocks=[
            section(
                f"*Act now. 'Unsafe now' has come in, and nobody can tell for which child* ({submission.ref}).",
                f"{ring}. Out of hours: {duty_team(office.rules.policy.safety)}. This is not a referral.",
            ),
            to_the_held(submission.ref),
        ],
    )


def sheet_paused(session: Session, _office: Office, _notice: Notice) -> Letter | Dropped:
    sheet = find.sheets.known(session)
    if sheet is None or not sheet.paused:
        return settled("it is read again", "*The response sheet is read again.* Nothing is lost.")
    why = "its columns are not those of our form" if sheet.paused == "headings" else "it cannot be reached"
    return Letter(
        text="The response sheet is not read any more",
        blocks=[
            section(
                f"*The response sheet is not read any more:* {why}.", "Nothing is lost. What to do is on the page:"
            ),
            to_the_held(),
        ],
    )


def sheet_rows_gone(session: Session, _office: Office, _notice: Notice) -> Letter | Dropped:
    sheet = find.sheets.known(session)
    if sheet is None or not sheet.gone:
        return settled("they are there again", "*The rows of the response sheet are all there again.*")
    many = "1 row is" if sheet.gone == 1 else f"{sheet.gone} rows are"
    return Letter(
        text="Rows are gone from the response sheet",
        blocks=[section(f"*{many} gone from the response sheet.*", "What they said is kept, and counts as before.")],
    )
