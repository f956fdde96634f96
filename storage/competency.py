"""The steps from developing to the core group, and an auditor's answer: in chat and on the pages alike."""

from collections.abc import Sequence

from programme import competency as steps
from programme import profile as profiles
from programme import standing
from programme.competency import Candidacy, Evaluated
from programme.people import Person
from programme.profile import Profile
from programme.refusals import NotFound, Refusal
from programme.standing import CompetencyHeld
from programme.words import Competency, Role
from storage import find, journal
from storage.office import Office
from storage.session import Session

LEADERS = (Role.LEADERSHIP, Role.DIRECTOR)


def profile_of(session: Session, office: Office, person: Person) -> Profile:
    enough = office.rules.policy.competency.from_audits
    return Profile(person, find.competency.moderated_of(session, person), enough)


def must_see(session: Session, reference: str, me: Person) -> tuple[Person, Sequence[Candidacy]]:
    """Somebody whose profile one may see, with every time they were put forward; for anybody else there is nobody."""
    number = reference.removeprefix("PER-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):  # noqa: PLR2004 - no key is longer
        raise NotFound("We cannot find that person.")
    person = find.people.by_reference(session, reference)
    before = find.competency.candidacies_of(session, person)
    if not me.can_see_profile(person, before[-1] if before else None):
        raise NotFound("We cannot find that person.")
    return person, before


def put_forward(session: Session, office: Office, person: Person, heads: Sequence[Person], by: Person) -> Candidacy:
    """To two Heads of Service; each gets a message."""
    held = find.people.whole(session, person.id or 0, to_change=True)
    before, at = find.competency.candidacies_of(session, held), office.now(session)
    made, facts = steps.put_forward(held, heads, before, by=by, at=at)
    session.add(made)
    journal.write(session, facts, by=by, at=at, on_behalf_of=held)
    return made


def name_instead(session: Session, office: Office, ref: str, left: Person, new: Person, by: Person) -> Candidacy:
    found, at = find.competency.candidacy(session, ref, to_change=True), office.now(session)
    journal.write(session, found.name_instead(left, new, by=by, at=at), by=by, at=at, on_behalf_of=found.person)
    return found


def to_evaluate(session: Session, ref: str, by: Person) -> tuple[Candidacy, list[profiles.Moderated]]:
    """What somebody is asked to evaluate, and the audits it may rest on; nothing is changed."""
    found = find.competency.candidacy(session, ref)
    found.must_wait_for(by)
    return found, find.competency.moderated_of(session, found.person)


def evaluate(session: Session, office: Office, ref: str, said: Evaluated, by: Person) -> Candidacy:
    found, at = find.competency.candidacy(session, ref, to_change=True), office.now(session)
    moderated = [each.ref for each in find.competency.moderated_of(session, found.person)]
    leaders = find.people.with_role(session, *LEADERS, on=office.today(session))
    facts = found.evaluate(said, moderated, by=by, at=at, leaders=leaders)
    journal.write(session, facts, by=by, at=at, on_behalf_of=found.person)
    return found


def for_leadership(session: Session, ref: str, by: Person) -> Candidacy:
    """What leadership decides on; nothing is changed."""
    found = find.competency.candidacy(session, ref)
    found.must_be_for_leadership(by)
    return found


def decide(session: Session, office: Office, ref: str, words: str, by: Person, *, agrees: bool | None) -> Candidacy:
    """Leadership signs off, or says not yet."""
    found, at = find.competency.candidacy(session, ref, to_change=True), office.now(session)
    found.must_be_for_leadership(by)
    if agrees is None:
        raise Refusal("Choose whether you sign off.", field="agrees")
    if agrees:
        facts = found.sign_off(words, by=by, at=at)
        _stand(session, office, found.person, Competency.COMPETENT, by)
    else:
        facts = found.not_yet(words, by=by, at=at)
    journal.write(session, facts, by=by, at=at, on_behalf_of=found.person)
    return found


def begin(session: Session, office: Office, person: Person, by: Person) -> None:
    """Somebody of whom nothing was said yet is developing."""
    facts = standing.begins(person, by=by, on=office.today(session))
    _stand(session, office, person, Competency.DEVELOPING, by)
    journal.write(session, facts, by=by, at=office.now(session), on_behalf_of=person)


def join_core(session: Session, office: Office, person: Person, by: Person) -> None:
    facts = standing.joins_core(person, by=by, on=office.today(session))
    _stand(session, office, person, Competency.CORE, by)
    journal.write(session, facts, by=by, at=office.now(session), on_behalf_of=person)


def pause(session: Session, office: Office, person: Person, by: Person) -> None:
    facts = standing.pauses(person, by=by, on=office.today(session))
    _stand(session, office, person, Competency.PAUSED, by)
    journal.write(session, facts, by=by, at=office.now(session), on_behalf_of=person)


def take_up(session: Session, office: Office, person: Person, by: Person) -> Competency:
    held = find.competency.held_of(session, person)
    before, facts = standing.takes_up(person, held, by=by, on=office.today(session))
    _stand(session, office, person, before, by)
    journal.write(session, facts, by=by, at=office.now(session), on_behalf_of=person)
    return before


def brought_in(session: Session, office: Office, people: Sequence[Person], by: Person) -> None:
    """Where a list of people says for the first time where somebody stands, that is kept with its day."""
    known = find.competency.who_has_a_standing(session)
    today = office.today(session)
    session.add_all(
        CompetencyHeld(each, each.competency, today, by=by)
        for each in people
        if each.competency is not None and each.id not in known
    )


def answer(session: Session, office: Office, person: Person, words: str, by: Person) -> None:
    """An auditor's own words beside their profile."""
    at = office.now(session)
    made, facts = profiles.answer(person, words, by=by, at=at)
    session.add(made)
    journal.write(session, facts, by=by, at=at)


def _stand(session: Session, office: Office, person: Person, competency: Competency, by: Person) -> None:
    """The day goes first: what ended must be written before what follows it."""
    held = find.competency.held_of(session, person)
    now = standing.stands(person, competency, held, on=office.today(session), by=by)
    session.flush()
    session.add(now)
