"""`flask swap list`: every swap with who was asked, what each of them said, and who settled it."""

import json

from flask import Flask

from programme.words import SwapKind
from storage import swapping
from storage.office import Office
from tests.bot.swapping import REF, asked, somebody_free
from tests.cast import Cast, here
from tests.commands.test_rota import run


def test_before_anybody_has_asked(app: Flask) -> None:
    assert run(app, "swap", "list") == (0, "Nobody has asked to swap yet.\n")


def test_each_is_listed_with_every_answer(app: Flask, office: Office, cast: Cast) -> None:
    one, other = somebody_free(office, cast), somebody_free(office, cast, "Ines Halloran")
    swap = asked(office, cast, one, other)
    with office.record.writing() as session:
        swapping.decline(session, office, swap.ref, here(session, one))
    status, said = run(app, "swap", "list")
    answers = "lindiwe@example.org: declined, ines@example.org: waiting"
    days = "2017-10-02 08:05:00+00:00  2017-10-04 22:59:59+00:00"
    assert (status, said) == (0, f"{swap.ref}  {REF}  asha@example.org  two_way  {answers}  open  {days}\n")


def test_who_settled_it_is_told_apart_from_who_asked(app: Flask, office: Office, cast: Cast) -> None:
    peer = somebody_free(office, cast)
    with office.record.writing() as session:
        made = swapping.make(session, office, REF, peer.email, here(session, cast.administrator), SwapKind.COVER)
    assert json.loads(run(app, "swap", "list", "--json")[1]) == [
        {
            "ref": made.ref,
            "audit": REF,
            "asker": "asha@example.org",
            "kind": "cover",
            "asked_of": {"lindiwe@example.org": "accepted"},
            "taker": "lindiwe@example.org",
            "state": "accepted",
            "asked": "2017-10-02 08:05:00+00:00",
            "ends": "2017-10-04 22:59:59+00:00",
            "settled": "2017-10-02 08:05:00+00:00",
            "settled_by": "bronwen@example.org",
        }
    ]
