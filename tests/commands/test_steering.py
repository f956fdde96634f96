"""`flask round pin|bar|free`: said by hand, kept, taken back; and what cannot be said."""

import pytest
from flask import Flask

from programme.words import RoundState, SteerKind
from storage import find
from storage.find import matching as finder
from storage.office import Office
from tests.cast import MONTH, Cast
from tests.commands.test_rota import run

BY = ("--as", "bronwen@example.org")
CASE, WHO = "MDW-0417", "asha@example.org"


@pytest.fixture(autouse=True)
def open_month(office: Office, cast: Cast) -> None:
    """October as it was before anything was allocated."""
    with office.record.writing() as session:
        find.rounds.of_month(session, MONTH).state = RoundState.OPEN
        for each in (cast.allocation, cast.peers_allocation):
            session.delete(find.allocations.by_ref(session, each.ref))


def said(app: Flask, word: str, case: str = CASE, who: str = WHO) -> tuple[int, str]:
    return run(app, "round", word, MONTH, case, who, *BY)


def steers(office: Office) -> list[tuple[str, str, SteerKind]]:
    with office.record.reading() as session:
        return [(each.case.ref, each.person.email, each.kind) for each in finder.steers(session, MONTH)]


def test_a_bar_replaces_a_pin_and_is_taken_back(app: Flask, office: Office) -> None:
    assert said(app, "pin")[0] == 0
    assert steers(office) == [(CASE, WHO, SteerKind.PINNED)]
    assert said(app, "bar")[0] == 0
    assert steers(office) == [(CASE, WHO, SteerKind.BARRED)]
    assert said(app, "free")[0] == 0
    assert steers(office) == []


@pytest.mark.parametrize(
    ("word", "case", "who"),
    [
        ("pin", "XYZ-1", WHO),
        ("pin", CASE, "nobody@example.org"),
        ("pin", CASE, "idris@example.org"),
        ("bar", CASE, "nobody@example.org"),
        ("free", CASE, WHO),
    ],
)
def test_what_cannot_be_said_changes_nothing(app: Flask, office: Office, word: str, case: str, who: str) -> None:
    assert said(app, word, case, who)[0] == 1
    assert steers(office) == []


def test_what_is_pinned_is_allocated_to_them_and_what_is_barred_is_not(app: Flask, office: Office) -> None:
    said(app, "bar")
    preview = run(app, "round", "allocate", MONTH, *BY)[1]
    assert f"{CASE}  {WHO}" not in preview
    said(app, "free")
    said(app, "pin")
    assert run(app, "round", "allocate", MONTH, "--apply", *BY)[0] == 0
    with office.record.reading() as session:
        made, *_ = find.allocations.of_round(session, find.rounds.of_month(session, MONTH))
        assert (made.case.ref, made.holder and made.holder.email) == (CASE, WHO)
        assert made.because.startswith("chosen by hand")


def test_a_pin_for_what_is_given_out_by_now_is_past(app: Flask) -> None:
    said(app, "pin")
    run(app, "round", "allocate", MONTH, "--apply", *BY)
    assert run(app, "round", "distribute", MONTH, *BY)[0] == 0
    code, preview = run(app, "round", "allocate", MONTH, *BY)
    assert (code, CASE in preview) == (0, False)
