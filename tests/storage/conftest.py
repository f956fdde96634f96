"""A record in which every table has a row."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert

from programme.absences import Absence
from programme.accounts import Knock
from programme.action_words import Extending
from programme.actions import Action
from programme.allocations import Allocation
from programme.answers import ActionWanted
from programme.changed import Changed, WhyChanged
from programme.chasing import StepTaken
from programme.checking import Check, WhyChecked
from programme.closing import Closing
from programme.collection import Delivery, Draft, Sheet
from programme.competency import Candidacy, Evaluation
from programme.examples import Example
from programme.extending import Extension
from programme.jobs import Job
from programme.learning import After, Learnt
from programme.looking_again import LookAgain
from programme.marks import Mark, Marked
from programme.moderation import JudgedBlind, Moderation, ReadBefore, Reading
from programme.moderation_day import Invitation, ModerationDay
from programme.outcome_words import CopyFor, SaidKind, Settled
from programme.outcomes import Copy, Mended, Outcome, Said
from programme.passing_on import Passing
from programme.people import Person
from programme.profile import ProfileAnswer
from programme.report import Report
from programme.rulebook import Rulebook
from programme.safety import Alert
from programme.sending_back import SentBack
from programme.settling import ActionWas
from programme.sign_in import SignInLink, Visit
from programme.standing import CompetencyHeld
from programme.submissions import Submission
from programme.swap_peers import Helper
from programme.swaps import Offer, Swap
from programme.tool import FormItem
from programme.unmet import Lack, Unmet
from programme.words import Competency, Grade, Priority, ReportState, SubmissionState, SwapKind, SwapState
from storage import aside, auditing, find, heartbeat, homes, jobs, journal, sealing, tables
from storage.session import Record, Session
from tests import cast as people
from tests.cast import NOW, Cast, here
from tests.storage.planned import plan


@pytest.fixture
def full(record: Record, cast: Cast, rules: Rulebook) -> Record:
    fill(record, rules, cast)
    return record


def _came_by(session: Session, auditor: Person) -> None:
    """The auditor signed in and has App Home open; a stranger knocked, Slack was heard, and a worker is alive."""
    link, _ = SignInLink.make(auditor, leads_to="/", at=NOW)
    visit, _ = Visit.begin(auditor, at=NOW)
    session.add_all([link, visit])
    heartbeat.beat(session, "worker", at=NOW)
    _worked(session)
    sealing.seal(session, find.history.not_sealed(session, beyond=0, at_most=1))
    session.execute(insert(tables.heard).values(mark="0" * 64, at=NOW))
    session.add(Knock("USTRANGER", NOW, NOW))
    for _ in range(2):  # opened, and opened again
        homes.opened(session, str(auditor.slack_user_id), shows_something=True)


def _worked(session: Session) -> None:
    """A job ran, one that has a period broke, something was set aside, and a message is late."""
    jobs.announce(session, [Job("remind", "what is due", NOW)])
    jobs.begin(session, "audit", "2017-10-02T08:00Z", worker="worker", at=NOW)
    aside.failed(session, "remind", "AUD-2017-10-01", "KeyError", at=NOW, gives_up=True)
    auditing.keep(session, [Unmet(Lack.LATE, "reminded:AUD-2017-10-01:1:1", "AUD-2017-10-01", NOW)])


def _declined(audit: Allocation, asker: Person, peer: Person, at: datetime) -> Swap:
    swap = Swap("SW-1", audit, asker, SwapKind.TWO_WAY, SwapState.DECLINED, NOW, at, settled_at=at)
    swap.offers = [Offer(peer)]
    return swap


def _moderated(audit: Allocation, read: Reading, at: datetime) -> Moderation:
    changed = [Changed("core.plan", Grade.OUTSTANDING, Grade.GOOD, WhyChanged.NO_EVIDENCE, "No date is set.")]
    marks = [Marked(mark, met=True) for mark in Mark]
    found = Moderation(audit, at, [read], changed=changed, marks=marks, note="Kindly written.")
    found.agreed_by, found.agreed_at = read.moderator, at
    found.sent_back = [SentBack(read.moderator, at, "The dates.", at.date(), ["core.plan"], came_at=at)]
    read.before = [ReadBefore(1, at, "2", {"core.plan": "2"})]
    return found


def _met(audit: Allocation, opens: Person, peer: Person) -> ModerationDay:
    day = ModerationDay(audit.round, opens, NOW, NOW, NOW + timedelta(hours=6), "Room 4")
    day.invitations = [Invitation(peer)]
    return day


def _of_the_action(action: Action, owner: Person, peer: Person, at: datetime) -> list[object]:
    """Moderation changed it; its owner asked for more time, said that it is the peer's, and asked for another look; and
    the peer is asked to check it.
    """
    stood = (action.step, action.measure, action.priority, action.named_on, action.due_at)
    found = Check("CHK-2017-10-01-1-1", action, owner, at, WhyChecked.URGENT, 1, "2017-10")
    found.checker, found.asked_at, found.due_on = peer, at, at.date()
    return [
        ActionWas(action, peer, at, *stood, because="Done already."),
        Extension(action, date(2017, 12, 1), "The school is closed.", owner, at, Extending.WAITING),
        Passing(action, owner, peer, "The child's plan is theirs.", owner, at),
        LookAgain(action, "It was done in May.", owner, at),
        found,
    ]


def _competent(session: Session, cast: Cast) -> None:
    """The auditor is developing, is put forward, and has answered to the own profile."""
    auditor, quality = here(session, cast.auditor), here(session, cast.head_of_quality)
    session.add_all(
        [
            CompetencyHeld(auditor, Competency.DEVELOPING, None),
            Candidacy("COM-1-1", auditor, quality, NOW, [Evaluation(here(session, cast.head_of_service), NOW)]),
            ProfileAnswer(auditor, "I was away that week.", NOW),
            Learnt(auditor, After.TRAINING, NOW.date(), NOW, "Plans that a family can follow."),
        ]
    )


def fill(record: Record, rules: Rulebook, cast: Cast) -> None:
    """The auditor was away, signed in, asked the peer to swap, and sent the audit back, which the peer moderates.

    A step of a ladder was taken, an alert was raised, the report is drafted, and a webhook, a saved form, a sheet and a
    Google Form have left their traces.
    """
    with record.writing() as session:
        auditor = here(session, cast.auditor)
        session.add(Absence(auditor, date(2017, 10, 3), date(2017, 10, 4)))
        _came_by(session, auditor)
        audit = find.allocations.by_ref(session, cast.allocation.ref, to_change=True)
        answers = people.whole_answers(
            cast.tool,
            outcomes=("good_practice_example",),
            actions=(ActionWanted("Visit the school.", "The visit is on the record.", Priority.URGENT),),
        )
        submission = Submission("SUB-1", "form", "1", "0" * 64, "{}", NOW, SubmissionState.KEPT)
        circle = find.people.circle_of(session, audit.case, on=NOW.date())
        at = NOW + timedelta(days=1)
        returned, actions, facts = audit.record_return(
            answers, submission, by=auditor, at=at, circle=circle, rules=rules
        )
        session.add_all([submission, returned, *actions])
        journal.write(session, facts, by=auditor, at=at)
        peer = here(session, cast.peer)
        session.add_all(_of_the_action(actions[0], auditor, peer, at))
        read = Reading(peer, Grade.GOOD, [JudgedBlind("core.plan", Grade.GOOD)], read_at=at)
        session.add_all(
            [
                _declined(audit, auditor, peer, at),
                Helper(peer, "2017-10", NOW),
                StepTaken(audit.ref, "check_in", NOW.date(), NOW),
                _moderated(audit, read, at),
                _met(audit, here(session, cast.administrator), peer),
                Closing(audit, at),
                _outcome(audit, auditor, peer, at),
                Example(audit, "The plan was made with the family.", peer, at),
                Alert("SAFE-2017-10-01", audit, auditor, NOW),
                Report(audit.round, ReportState.DRAFT, at),
                Draft(audit, auditor, {"strengths": "Much."}, NOW),
            ]
        )
        _collected(session, cast, submission)
        plan(session, cast)
        _competent(session, cast)


def _collected(session: Session, cast: Cast, submission: Submission) -> None:
    tool = find.tools.must_be(session, cast.tool.version)
    tool.form_items.append(FormItem("overall", "1"))
    session.add_all([Delivery("msg_1", "0" * 64, NOW, submission), Sheet("sheet", good_at=NOW)])


def _outcome(audit: Allocation, auditor: Person, peer: Person, at: datetime) -> Outcome:
    """It was sent to its auditor; a mistake was pointed out and mended."""
    made = Outcome(audit, at, at, peer, [Copy(auditor, CopyFor.AUDITOR, at)])
    made.said = [Said(auditor, SaidKind.MISTAKE, "The plan is of May.", at, Settled.MENDED, "It is.", peer, at)]
    made.mended = [Mended({"overall": "1"}, {"overall": "2"}, "The plan is of May.", peer, at)]
    return made
