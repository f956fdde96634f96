"""A developing auditor with one audit that was moderated, who evaluates them, and who signs off."""

from programme.competency import Candidacy, Evaluated
from programme.people import Person, RoleHeld
from programme.standing import CompetencyHeld
from programme.submissions import Submission
from programme.words import Competency, Grade, Role, SubmissionState
from storage import competency, find
from storage.office import Office
from storage.session import Session
from tests.cast import NOW, Cast, here, whole_answers
from tests.moderated import REF, agreed_by, judged, pair, read_by, returned

COM = "COM-{}-1"
LEADER = "dora@example.org"
WORDS = "Sees the child first. Canary."


def leader(session: Session) -> Person:
    found = find.people.by_email(session, LEADER)
    assert found is not None
    return found


def moderated(office: Office, cast: Cast, agreed: Grade = Grade.NEARLY_GOOD) -> None:
    """The auditor judged it good; the pair agreed on something else."""
    with office.record.reading() as session:
        asks_for_something = bool(find.actions.of_allocation(session, find.allocations.by_ref(session, REF)))
    if asks_for_something:
        _returned_without_actions(office, cast)
    else:
        returned(office, cast)
    two = pair(office, cast)
    read_by(office, *two)
    agreed_by(office, two[0], judged(overall=agreed), reason="" if agreed is Grade.GOOD else "Reasoncanary.")


def _returned_without_actions(office: Office, cast: Cast) -> None:
    """Where an action of it stands on record already."""
    with office.record.writing() as session:
        audit, me = find.allocations.by_ref(session, REF), here(session, cast.auditor)
        circle = find.people.circle_of(session, audit.case, on=NOW.date())
        arrived = Submission("SUB-1", "form", "r1", "d", "{}", NOW, SubmissionState.KEPT)
        made, _, _ = audit.record_return(
            whole_answers(cast.tool), arrived, by=me, at=NOW, circle=circle, rules=office.rules
        )
        session.add_all([arrived, *([made] if made else [])])


def develops(office: Office, cast: Cast) -> None:
    """The auditor is developing, and there is somebody of leadership."""
    with office.record.writing() as session:
        me = here(session, cast.auditor)
        me.competency = Competency.DEVELOPING
        leads = Person(LEADER, "Dora Quillfeather", [RoleHeld(Role.LEADERSHIP)], slack_user_id="UDORA")
        session.add_all([CompetencyHeld(me, Competency.DEVELOPING, None), leads])


def put_forward(office: Office, cast: Cast) -> str:
    """To the Head of Service who leads the auditor, and to one of another service."""
    with office.record.writing() as session:
        heads = [here(session, who) for who in (cast.head_of_service, cast.childs_head_of_service)]
        by = here(session, cast.head_of_quality)
        return competency.put_forward(session, office, here(session, cast.auditor), heads, by).ref


def said(*, recommends: bool | None = True, audits: tuple[str, ...] = (REF,), words: str = WORDS) -> Evaluated:
    return Evaluated("The audit and its moderation.", words, recommends, audits)


def evaluates(office: Office, ref: str, who: Person, given: Evaluated | None = None) -> Candidacy:
    with office.record.writing() as session:
        return competency.evaluate(session, office, ref, given or said(), here(session, who))


def both_evaluate(office: Office, cast: Cast, ref: str, *, recommends: bool = True) -> None:
    evaluates(office, ref, cast.head_of_service)
    evaluates(office, ref, cast.childs_head_of_service, said(recommends=recommends))


def decides(office: Office, ref: str, *, agrees: bool = True, words: str = "", by: str = LEADER) -> Candidacy:
    with office.record.writing() as session:
        me = find.people.by_email(session, by)
        assert me is not None
        return competency.decide(session, office, ref, words, me, agrees=agrees)
