"""The borough that swaps are tried out in, on record and as the model knows it: the cast and five more auditors."""

from datetime import datetime

from programme.allocating import allocate
from programme.cases import Case
from programme.matching import Matching, Placed
from programme.people import Person, RoleHeld
from programme.policy import Policy
from programme.rota import Turn
from programme.rulebook import Rulebook
from programme.words import Competency, Role
from storage import clock, find, journal, migrate, month, turning
from storage.office import Office
from storage.session import Record, Session
from tests import cast as people
from tests.cast import GIVEN_OUT_AT, NOW, Cast, here
from tests.storage.swap_model import Model
from tests.storage.swap_month import BY_ROTA, NOVEMBER, OCTOBER, Audit, World

BY_HAND = "by hand"

WORLD = World(
    names={
        "asha": "Asha Thornbury",
        "kofi": "Kofi Lindqvist",
        "maren": "Maren Castellane",
        "tomasz": "Tomasz Ferreday",
        "idris": "Idris Wolowicz",
        "bronwen": "Bronwen Achterberg",
        "yusuf": "Yusuf Pemberley",
        "leocadia": "Leocadia Marsh",
        "bram": "Bram Oakes",
        "cora": "Cora Vane",
        "lindiwe": "Lindiwe Ashgrove",
        "ines": "Ines Halloran",
        "zora": "Zora Quill",
    },
    room={
        **dict.fromkeys(["asha", "kofi", "maren", "tomasz", "idris", "bram", "lindiwe", "ines", "zora"], 1),
        "cora": 5,
    },
    tied={"tomasz", "idris"},
    next_group={"kofi", "lindiwe", "ines"},
    administrators=["bronwen"],
    arrangers=["bronwen", "leocadia"],
)
HOLDERS = ["asha", "kofi", "bram", "cora", "cora"]


def model() -> Model:
    """Kofi was given an audit that the rota did not foresee; Bram has a turn next month, too."""
    return Model(
        WORLD,
        audits={f"AUD-{OCTOBER}-{number:02d}": Audit(who) for number, who in enumerate(HOLDERS, start=1)},
        turns={
            **{(who, OCTOBER): BY_ROTA for who in ("asha", "bram", "cora")},
            **{(who, NOVEMBER): BY_ROTA for who in WORLD.next_group},
            ("bram", NOVEMBER): BY_HAND,
        },
        now=datetime(2017, 10, 2, 10),  # noqa: DTZ001 - the model knows London's clock only
    )


def on_record(url: str) -> None:
    """The same, kept in a new database."""
    migrate.upgrade(url)
    record, rules = Record(url), Rulebook.of(Policy())
    cast = people.gather(rules)
    with record.writing() as session:
        clock.set_to(session, NOW)
        people.keep(session, cast)
    with record.writing() as session:
        _keep_more(session, cast)
        turning.follow(session, Office(record, rules, address="", demo=True), by=None, at=NOW)
    record.close()


def _keep_more(session: Session, cast: Cast) -> None:
    one, other = here(session, cast.auditor), here(session, cast.peer)
    bram, cora = _like(one, "bram"), _like(one, "cora")
    cora.competency = Competency.CORE
    zora = _like(one, "zora")
    zora.group = None
    session.add_all([bram, cora, zora, *(Turn(who, OCTOBER) for who in (bram, cora)), Turn(bram, NOVEMBER, BY_HAND)])
    for name in ("lindiwe", "ines"):
        who = _like(other, name)
        session.add_all([who, Turn(who, NOVEMBER)])
    give(session, cast, OCTOBER, [bram, cora, cora])


def give(session: Session, cast: Cast, of_month: str, holders: list[Person]) -> None:
    """So many more of a month's audits, of children whom nobody here knows."""
    of = find.rounds.of_month(session, of_month)
    manager = here(session, cast.team_manager)
    number = find.allocations.next_number(session, of)
    cases = [
        Case(f"MDW-{of_month}-{n}", manager.team, "Child in Need", "5 to 9", team_manager=manager)
        for n in range(len(holders))
    ]
    placed = [Placed(case, who, "another service") for case, who in zip(cases, holders, strict=True)]
    made, facts = allocate(of, Matching(tuple(placed), ()), numbered_from=number)
    session.add_all([*cases, *made])
    by = here(session, cast.administrator)
    journal.write(session, [*facts, *of.distribute(made, at=GIVEN_OUT_AT)], by=by, at=GIVEN_OUT_AT)


def open_november(session: Session, office: Office, cast: Cast) -> None:
    month.open_month(session, office, NOVEMBER, here(session, cast.administrator), theme="Neglect")


def give_out_november(session: Session, cast: Cast) -> None:
    turns = find.turns.of_months(session, [NOVEMBER])
    give(session, cast, NOVEMBER, [turn.person for turn in turns])


def _like(person: Person, name: str) -> Person:
    return Person(
        f"{name}@example.org",
        WORLD.names[name],
        [RoleHeld(Role.TEAM_MANAGER)],
        team=person.team,
        service=person.service,
        manager=person.manager,
        group=person.group,
    )
