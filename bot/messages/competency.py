"""What is said on the way from developing to the core group. No judgement of anybody's auditing stands in a message."""

from bot.messages.settled import settled
from bot.views import competency as drawn
from bot.views.audits import to_the_pages
from bot.views.parts import escaped, section
from programme.notices import Dropped, Letter, Notice, Rank
from programme.standing import COMPETENCY_LABELS
from programme.words import Competency
from storage import find
from storage.office import Office
from storage.session import Session


def evaluation_asked(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    found = find.competency.candidacy(session, notice.about)
    if notice.person not in found.waits_for:
        return settled("evaluated, or with somebody else", _thanks(found.person.name))
    return Letter("You are asked to evaluate an auditor", [*drawn.to_evaluate(found), to_the_pages()], Rank.ASKED)


def sign_off_asked(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    found = find.competency.candidacy(session, notice.about)
    if not found.waits_for_leadership or not notice.person.can_sign_off_competency(found):
        return settled("settled", _thanks(found.person.name))
    return Letter("An auditor waits for a signature", [*drawn.to_sign_off(found), to_the_pages()], Rank.ASKED)


def reminded(session: Session, office: Office, notice: Notice) -> Letter | Dropped:
    """Who was asked and has not answered: what waits for them now."""
    found = find.competency.candidacy(session, notice.about)
    asks = evaluation_asked if notice.person in found.evaluators else sign_off_asked
    return asks(session, office, notice)


def evaluation_given(_session: Session, _office: Office, _notice: Notice) -> Letter | Dropped:
    said = "*A Head of Service has written an evaluation of your auditing.* You find it in your profile."
    return Letter("Something new in your profile", [section(said, "You may answer it there."), to_the_pages()])


def ended(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """To the auditor and to who put them forward. What it came to they read on the page."""
    found = find.competency.candidacy(session, notice.about)
    whose = "your auditing" if found.person is notice.person else f"{escaped(found.person.name)}'s auditing"
    said = f"*The evaluation of {whose} is complete.* What was said, and what would help, is on the page Competency."
    return Letter("An evaluation is complete", [section(said), to_the_pages()])


def signed_off(session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """The Head of Quality has the next step in it while it is to be taken."""
    found = find.competency.candidacy(session, notice.about)
    if found.person is notice.person:
        said = "*Leadership has signed you off as a competent auditor.* Thank you for the work that you put into it."
        return Letter("You are signed off", [section(said), to_the_pages()])
    steers = notice.person.can_steer_competency() and found.person.competency is Competency.COMPETENT
    blocks = drawn.to_core(found) if steers else [drawn.signed_off(found)]
    return Letter("An auditor is signed off", [*blocks, to_the_pages()])


def stands(_session: Session, _office: Office, notice: Notice) -> Letter | Dropped:
    """To the auditor, wherever they stand by now."""
    now = notice.person.competency
    said = COMPETENCY_LABELS[now].lower() if now else "not said yet"
    return Letter(
        "Where you stand as an auditor",
        [
            section(f"*Where you stand as an auditor now:* {said}. Since when, and what is next, is on your page."),
            to_the_pages(),
        ],
    )


def _thanks(name: str) -> str:
    return f"*{escaped(name)}'s auditing:* nothing waits for you here any more. Thank you."
