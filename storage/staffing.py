"""Who is here, who is away, who has moved on and what ties them: the steps that chat, pages and commands take alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from programme import absences, roll_check, ties, vacancies
from programme.absences import Away
from programme.facts import Fact, WayChosen
from programme.leave_file import Leave
from programme.people import AuditGroup, Person, Team
from programme.people_file import Entry
from programme.refusals import NotAllowed, NotFound, Refusal
from programme.words import AbsenceKind, Role
from storage import competency, find, handing_on, helping, journal, reasons, turning
from storage.office import Office
from storage.session import Session


@dataclass(frozen=True)
class BroughtIn:
    """What a people list changed, and who is on the list here and not in it."""

    people: int
    missing: Sequence[Person]


def must_see(session: Session, me: Person, number: int, *, to_change: bool = False) -> Person:
    """Somebody whom one may look at; for anybody else there is nobody."""
    person = find.people.whole(session, number, to_change=to_change)
    if not me.can_see_person(person):
        msg = "We cannot find that person."
        raise NotFound(msg)
    return person


def note_away(session: Session, office: Office, person: Person, said: Away, by: Person) -> None:
    """Write down when somebody is not at work; what they hand over is listed for the administrator."""
    note_leave(session, office, [Leave(person, said)], by)


def note_leave(session: Session, office: Office, leave: Sequence[Leave], by: Person) -> int:
    """Many absences, all of them or none. How many were not known yet."""
    at = office.now(session)
    new = sum(_note(session, office, each, by) for each in leave)
    turning.follow(session, office, by=by, at=at)
    return new


def _note(session: Session, office: Office, leave: Leave, by: Person) -> int:
    person, said = leave.person, leave.away
    _must(by.can_record_absence_of(person), f"You may not say when {person.name} is not at work.")
    rows, facts = absences.note(person, said, by=by)
    session.add_all(rows)
    if facts:
        session.flush()
        facts += reasons.put_right(session, office, person, said)
    if facts and said.kind is AbsenceKind.HANDS_OVER:
        facts += handing_on.tell_of(session, office, person)
    elif facts and by is not person:
        facts += _ready_swaps(session, office, person, said)
    journal.write(session, facts, by=by, at=office.now(session), on_behalf_of=_for(person, by))
    return len(rows)


def _ready_swaps(session: Session, office: Office, person: Person, said: Away) -> list[Fact]:
    """Whoever is noted as away by somebody else hears who could take what is due meanwhile."""
    session.flush()
    held = [each for each in find.allocations.open_with(session, person) if said.covers(each.due_on)]
    return [fact for each in held for fact in helping.suggest(session, office, each, why="away when it is due")]


def come_back(session: Session, office: Office, person: Person, absence_id: int, by: Person) -> None:
    """Back at work from today, or an absence that will not be."""
    _must(by.can_record_absence_of(person), f"You may not say when {person.name} is back.")
    today, at = office.today(session), office.now(session)
    absence = next((each for each in person.absences if each.id == absence_id), None)
    if absence is None:
        msg = "That was taken back already."
        raise Refusal(msg)
    facts = absences.take_back(person, absence, today=today)
    journal.write(session, facts, by=by, at=at, on_behalf_of=_for(person, by))
    turning.follow(session, office, by=by, at=at)


def move_on(session: Session, office: Office, person: Person, last_day: date, by: Person) -> None:
    """Somebody's last day. Their place is empty from the next day on, and what is open with them is handed on."""
    _must(by.can_record_leaving_of(person), f"You may not say that {person.name} moves on.")
    facts = person.moves_on(last_day)
    journal.write(session, facts, by=by, at=office.now(session), on_behalf_of=_for(person, by))
    after_leaving(session, office, [person] if facts else [], by)


def stay(session: Session, office: Office, person: Person, by: Person) -> None:
    """Somebody who was to move on stays after all; their place was never empty."""
    _must(by.can_record_leaving_of(person), f"You may not say that {person.name} stays.")
    journal.write(session, person.stays(), by=by, at=office.now(session), on_behalf_of=_for(person, by))
    for place in find.vacancies.still_empty(session):
        if place.left is person:
            session.delete(place)
    turning.follow(session, office, by=by, at=office.now(session))


def after_leaving(session: Session, office: Office, leavers: Sequence[Person], by: Person) -> None:
    """What follows when people move on, however that became known; the turns ahead follow in any case."""
    empty = {each.left: each for each in find.vacancies.still_empty(session)}
    for person in leavers:
        for place in vacancies.left_by(person, person.ends or office.today(session)):
            if person in empty:
                empty[person].since = place.since
            else:
                session.add(place)
    facts = [fact for person in leavers for fact in handing_on.tell_of(session, office, person)]
    journal.write(session, facts, by=by, at=office.now(session))
    turning.follow(session, office, by=by, at=office.now(session))


def places_to_ask_for(session: Session, office: Office) -> list[str]:
    """Empty places whose Head of Service is asked today who takes them: references."""
    today, every = office.today(session), office.rules.policy.rota.vacancy_asked_every
    empty = find.vacancies.still_empty(session)
    return [each.ref for each in empty if each.is_to_be_asked_for(today, office.rules.calendar, every=every)]


def ask_for_place(session: Session, office: Office, ref: str) -> bool:
    """Ask the Head of Service, or who stands in; the administrators where nobody leads it."""
    place, today = find.vacancies.by_ref(session, ref, to_change=True), office.today(session)
    every = office.rules.policy.rota.vacancy_asked_every
    if not place.is_to_be_asked_for(today, office.rules.calendar, every=every):
        return False
    heads = [each for each in find.roll_checks.heads(session, on=today) if each.service is place.service]
    asked = [who for head in heads if (who := roll_check.whom_to_ask(head, on=today))]
    told = asked or find.people.with_role(session, Role.ADMINISTRATOR, on=today)
    journal.write(session, place.ask(told, on=today), by=None, at=office.now(session))
    return True


def bring_in(
    session: Session, office: Office, entries: Sequence[Entry], by: Person | None, *, first: str = ""
) -> BroughtIn:
    """Take a people list in. On an empty list there is nobody yet to act: `first` is the address of who does."""
    roster, at, today = find.people.roster(session), office.now(session), office.today(session)
    group_before = {person: person.group for person in roster.people.values()}
    stayed = {person for person in roster.people.values() if person.ends is None}
    facts = roster.take_in(entries, on=today)
    session.add_all(roster.people.values())
    session.flush()
    by = by or roster.people[first]
    people = [roster.people[entry.email] for entry in entries]
    facts += vacancies.taken(find.vacancies.still_empty(session), _joined(people, group_before), on=today)
    competency.brought_in(session, office, people, by)
    journal.write(session, facts, by=by, at=at)
    after_leaving(session, office, [each for each in people if each in stayed and each.ends], by)
    return BroughtIn(len(entries), roster.missing_from(entries))


def _joined(people: Sequence[Person], group_before: Mapping[Person, AuditGroup | None]) -> list[Person]:
    """Who is an auditor in a group that they were not in before."""
    return [each for each in people if each.is_auditor and each.group and group_before.get(each) is not each.group]


def declare(session: Session, office: Office, person: Person, apart_from: str, by: Person) -> None:
    """Somebody should not read a child's record, by its reference, or any of a team, by its name."""
    _must(by.can_declare_for(person), f"{person.name} says that for themselves.")
    said = apart_from.strip()
    case = find.cases.by_refs(session, [said]).get(said) if said else None
    team = None if case else _team_named(session, said)
    if said and case is None and team is None:
        msg = f"'{said[:60]}' is neither a child's record we know nor a team."
        raise Refusal(msg, field="apart_from")
    rows, facts = ties.declare(person, on=office.today(session), case=case, team=team)
    session.add_all(rows)
    journal.write(session, facts, by=by, at=office.now(session), on_behalf_of=_for(person, by))


def _team_named(session: Session, name: str) -> Team | None:
    return next((each for each in find.people.teams(session) if each.name.lower() == name.lower()), None)


def take_back_tie(session: Session, office: Office, person: Person, number: int, by: Person) -> None:
    _must(by.can_declare_for(person), f"{person.name} says that for themselves.")
    conflict = next((each for each in person.conflicts if each.id == number), None)
    if conflict is not None:
        facts = ties.take_back(person, conflict)
        person.conflicts.remove(conflict)
        journal.write(session, facts, by=by, at=office.now(session), on_behalf_of=_for(person, by))


def keep_apart(session: Session, office: Office, person: Person, other: str, by: Person) -> None:
    """Two people of whom neither reads what the other did."""
    _must(by.can_keep_people_apart(), "Those who run the month keep people apart.")
    rows, facts = ties.keep_apart(person, named(session, other, field="other"), find.ties.apart_from(session, person))
    session.add_all(rows)
    journal.write(session, facts, by=by, at=office.now(session))


def no_more_apart(session: Session, office: Office, person: Person, number: int, by: Person) -> None:
    _must(by.can_keep_people_apart(), "Those who run the month keep people apart.")
    pair = next((each for each in find.ties.apart_from(session, person) if each.id == number), None)
    if pair is not None:
        facts = ties.no_more_apart(pair, person)
        session.delete(pair)
        journal.write(session, facts, by=by, at=office.now(session))


def name_deputy(
    session: Session, office: Office, person: Person, deputy: str, days: tuple[date | None, date | None], by: Person
) -> None:
    """Somebody acts for another from the first of these days to the last."""
    _must(by.can_declare_for(person), f"{person.name} says who stands in for them.")
    rows, facts = ties.name_deputy(person, named(session, deputy, field="deputy"), *days)
    session.add_all(rows)
    journal.write(session, facts, by=by, at=office.now(session), on_behalf_of=_for(person, by))


def choose_way(session: Session, office: Office, person: Person, by: Person, *, by_email: bool) -> None:
    """What waits for another try to reach them goes the new way at once."""
    _must(by.can_choose_how_to_reach(person), f"You may not say how messages reach {person.name}.")
    if person.prefers_email == by_email:
        return
    person.prefers_email = by_email
    find.notices.try_now(session, person)
    facts = [WayChosen(about=person.reference, by_email=by_email)]
    journal.write(session, facts, by=by, at=office.now(session), on_behalf_of=_for(person, by))


def named(session: Session, email: str, *, field: str = "email") -> Person:
    person = find.people.by_email(session, email)
    if person is None:
        msg = f"{email.strip()[:254] or 'Nobody'} is not on the people list."
        raise Refusal(msg, field=field)
    return person


def _for(person: Person, by: Person) -> Person | None:
    return None if by is person else person


def _must(allowed: bool, sentence: str) -> None:  # noqa: FBT001 - reads as 'must: may they?'
    if not allowed:
        raise NotAllowed(sentence)
