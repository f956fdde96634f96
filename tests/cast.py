"""The cast that tells every test's story: five people, those round one child, and a month under way.

The auditor has AUD-2017-10-01, the peer AUD-2017-10-02; both were given out on Monday 2 October 2017 at 9:00, and the
message that says so waits for each. The head of service leads the auditor and the peer; the children are in another
service's team. The outsider works beside the peer and must see nothing of any of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from programme.allocating import allocate
from programme.allocations import Allocation
from programme.answers import ActionWanted, Answers, Asked, Feedback, Judged
from programme.calendar import at_london, following
from programme.cases import Case, FrameEntry
from programme.facts import Fact
from programme.matching import Matching, Placed
from programme.people import AuditGroup, Person, RoleHeld, Service, Team
from programme.rota import Turn
from programme.rounds import Round, open_round
from programme.rulebook import Rulebook
from programme.tool import AuditTool, GradeOnScale, Question
from programme.words import Grade, Role, Safety, Voice
from storage import find, journal
from storage.session import Session

MONTH = "2017-10"
GIVEN_OUT_AT = at_london(date(2017, 10, 2), time(9))
NOW = at_london(date(2017, 10, 2), time(9, 5))
"""Where the office's clock stands: five minutes after the month was given out."""


@dataclass(frozen=True)
class Cast:
    auditor: Person
    peer: Person
    head_of_service: Person
    administrator: Person
    outsider: Person

    team_manager: Person
    social_worker: Person
    childs_head_of_service: Person
    head_of_quality: Person

    tool: AuditTool
    round: Round
    frame: tuple[FrameEntry, ...]
    allocation: Allocation
    peers_allocation: Allocation
    facts: tuple[Fact, ...]
    """What happened so far: the round was opened, allocated and given out."""

    @property
    def everyone(self) -> tuple[Person, ...]:
        children_side = (self.team_manager, self.social_worker, self.childs_head_of_service, self.head_of_quality)
        return (self.auditor, self.peer, self.head_of_service, self.administrator, self.outsider, *children_side)


def gather(rules: Rulebook) -> Cast:
    """The cast and its month, as plain objects that no database knows yet."""
    people = _people()
    tool = audit_tool()
    frame = tuple(_frame(people))
    month, opened = open_round(
        MONTH,
        theme="Fathers",
        group=people["auditor"].group or AuditGroup("Rowan"),
        tool=tool,
        target=None,
        by=people["administrator"],
        rules=rules,
    )
    holders = (people["auditor"], people["peer"])
    placed = [Placed(each.case, who, "another service") for each, who in zip(frame, holders, strict=True)]
    allocations, allocated = allocate(month, Matching(tuple(placed), ()), numbered_from=1)
    given_out = month.distribute(allocations, at=GIVEN_OUT_AT)
    return Cast(
        **people,
        tool=tool,
        round=month,
        frame=frame,
        allocation=allocations[0],
        peers_allocation=allocations[1],
        facts=(*opened, *allocated, *given_out),
    )


def keep(session: Session, cast: Cast) -> None:
    """Put the whole cast on record, its history and the messages that wait."""
    turns = [Turn(cast.auditor, MONTH), Turn(cast.peer, following(MONTH))]
    session.add_all([*cast.everyone, *cast.frame, cast.round, cast.allocation, cast.peers_allocation, *turns])
    session.flush()
    journal.write(session, cast.facts, by=cast.administrator, at=GIVEN_OUT_AT)


def here(session: Session, person: Person) -> Person:
    """One of the cast as this session knows them: rules compare people by identity."""
    found = find.people.by_email(session, person.email)
    assert found is not None
    return found


def audit_tool() -> AuditTool:
    """Three core and two theme questions on the four-step scale; every question applies to every plan."""
    steps = {
        Grade.NOT_YET_GOOD: ("not yet good", ""),
        Grade.NEARLY_GOOD: ("nearly good", "not yet good"),
        Grade.GOOD: ("good", ""),
        Grade.OUTSTANDING: ("outstanding", ""),
    }
    scale = [GradeOnScale(grade, *said, position=n) for n, (grade, said) in enumerate(steps.items())]
    questions = [
        _question(0, "core.assessment", "Is the assessment up to date?", "Assessment"),
        _question(1, "core.plan", "Does the plan say who will do what?", "Planning"),
        _question(2, "core.voice", "Can the child be heard in the record?", "The child's voice"),
        _question(3, "theme.father_known", "Is the father known?", "Fathers"),
        _question(4, "theme.father_involved", "Is the father part of the plan?", "Fathers"),
    ]
    return AuditTool("2017-10", date(2017, 9, 20), scale, questions)


def whole_answers(
    tool: AuditTool,
    *,
    safety: Safety = Safety.NO_CONCERN,
    outcomes: tuple[str, ...] = (),
    actions: tuple[ActionWanted, ...] = (),
) -> Answers:
    """Answers that make a return as they stand."""
    worried = safety is not Safety.NO_CONCERN
    return Answers(
        part_in_case=False,
        strengths="The worker knows this child well.",
        judged={question.key: Judged(Grade.GOOD, "Seen in the record.") for question in tool.questions},
        overall=Grade.GOOD,
        impact="Home is calmer than it was in spring.",
        safety=safety,
        safety_detail="Nobody has seen the child for three weeks." if worried else "",
        staff_conduct=False if safety is Safety.UNSAFE_NOW else None,
        with_practitioner=True,
        feedback={voice: Feedback(Asked.YES, how="By telephone.", by_whom="The social worker.") for voice in Voice},
        outcomes=outcomes,
        actions=actions,
    )


def _people() -> dict[str, Person]:
    help_, care = Service("Help and Protection"), Service("Care and Permanence")
    orchard, harbour, meadow = Team("Orchard", help_), Team("Harbour", help_), Team("Meadow", care)
    rowan, linden = AuditGroup("Rowan"), AuditGroup("Linden")
    head = _person("Maren Castellane", Role.HEAD_OF_SERVICE, service=help_)
    childs_head = _person("Idris Wolowicz", Role.HEAD_OF_SERVICE, service=care)
    manager = _person("Tomasz Ferreday", Role.TEAM_MANAGER, team=meadow, manager=childs_head)
    peer = _person("Kofi Lindqvist", Role.TEAM_MANAGER, team=harbour, manager=head, group=linden)
    return {
        "auditor": _person("Asha Thornbury", Role.DEPUTY_TEAM_MANAGER, team=orchard, manager=head, group=rowan),
        "peer": peer,
        "head_of_service": head,
        "administrator": _person("Bronwen Achterberg", Role.ADMINISTRATOR),
        "outsider": _person("Yusuf Pemberley", Role.SOCIAL_WORKER, team=harbour, manager=peer),
        "team_manager": manager,
        "social_worker": _person("Noor Valtonen", Role.SOCIAL_WORKER, team=meadow, manager=manager),
        "childs_head_of_service": childs_head,
        "head_of_quality": _person("Leocadia Marsh", Role.HEAD_OF_QUALITY),
    }


def _person(
    name: str,
    *roles: Role,
    team: Team | None = None,
    service: Service | None = None,
    manager: Person | None = None,
    group: AuditGroup | None = None,
) -> Person:
    """Asha Thornbury is asha@example.org and UASHA in chat."""
    first = name.split(maxsplit=1)[0]
    return Person(
        email=f"{first.lower()}@example.org",
        name=name,
        roles_held=[RoleHeld(role) for role in roles],
        team=team,
        service=service or (team.service if team else None),
        manager=manager,
        group=group,
        slack_user_id=f"U{first.upper()}",
    )


def _frame(people: dict[str, Person]) -> Sequence[FrameEntry]:
    manager, worker = people["team_manager"], people["social_worker"]
    return [
        FrameEntry(MONTH, Case(ref, manager.team, plan, age, worker, manager), drawn_as=place)
        for place, (ref, plan, age) in enumerate(
            [("MDW-0417", "Child in Need", "5 to 9"), ("MDW-0502", "Child Protection", "10 to 15")], start=1
        )
    ]


def _question(position: int, key: str, text: str, area: str) -> Question:
    return Question(
        key, text, standard="What is expected.", definition="What to look for.", area=area, position=position
    )
