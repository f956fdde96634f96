"""The page of swaps for those who arrange them, and for those who only see them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from programme.people import Person
from programme.policy import Policy, SwapRules
from programme.rulebook import Rulebook
from programme.swaps import Swap
from programme.words import AllocationState, SwapState
from storage import find, helping, swapping, tables
from storage.office import Office
from storage.session import Record
from tests.bot.swapping import REF, asked, now, somebody_free
from tests.cast import Cast, here
from tests.storage.test_swapping import accept, at, standing
from tests.web.conftest import Browser
from tests.web.test_swaps import CHOOSE, PAGE, choose, free, main, press

__all__ = ["free"]

QUIET = "Nobody is looking for a swap at the moment."


@pytest.fixture
def with_approval(office: Office) -> Office:
    """The same office under a policy that asks for the administrator's yes."""
    return replace(office, rules=Rulebook.of(Policy(swaps=SwapRules(approval=True))))


def awaiting(office: Office, cast: Cast, taker: Person) -> Swap:
    swap = asked(office, cast, taker)
    accept(office, swap.ref, taker)
    return swap


def declined(office: Office, cast: Cast, peer: Person) -> Swap:
    swap = asked(office, cast, peer)
    with office.record.writing() as session:
        swapping.decline(session, office, swap.ref, here(session, peer))
    return swap


def part(page: str, heading: str, until: str) -> str:
    return main(page).partition(heading)[2].partition(until)[0].strip()


def who_did_what(record: Record, ref: str) -> list[tuple[str, str | None, str | None]]:
    """The history of a swap: what, by whom, for whom."""
    history = tables.history.c
    with record.reading() as session:
        names = {each.id: each.name for each in find.people.everyone(session)}
        rows = session.execute(select(tables.history).where(history.about == ref).order_by(history.id)).all()
    return [(row.kind, names.get(row.by_id), names.get(row.for_id)) for row in rows]


class TestTheAdministrator:
    def test_reads_that_nobody_looks_and_whose_audit_could_go(self, browser: Browser, cast: Cast) -> None:
        page = main(browser(cast.administrator).get(PAGE).text)
        assert page == (
            f"October 2017 {QUIET} A request stands here from when it is made until it is answered."
            " Make a swap Whose audit goes to somebody else? When two have agreed, or nobody was found."
            " You choose who takes it next. AUD-2017-10-01, Asha Thornbury AUD-2017-10-02, Kofi Lindqvist"
            " Choose who takes it What was done in October 2017 Nobody has asked to swap in this month."
        )

    def test_reads_who_asks_whom_for_what_and_what_ends_soon_first(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        other = somebody_free(office, cast, "Ines Halloran")
        swap = asked(office, cast, free, other)
        with office.record.writing() as session:
            swapping.decline(session, office, swap.ref, here(session, other))
        card = (
            f"Asha Thornbury asks {free.name} {{}}Audit {REF} Meadow, Child in Need Kind Swap turns Asked"
            f" Ines Halloran cannot take it {free.name} has not answered Ends at the end of Wednesday 4 October 2017"
            f" Withdraw : {REF} Make a swap : {REF}"
        )
        client = browser(cast.administrator)
        assert part(client.get(PAGE).text, "Waiting for an answer", " Make a swap Whose") == card.format("")
        at(office, date(2017, 10, 3))
        assert part(client.get(PAGE).text, "Waiting for an answer", " Make a swap Whose") == card.format("Ends soon ")

    def test_says_yes_once_with_both_names(
        self, browser: Browser, with_approval: Office, cast: Cast, free: Person
    ) -> None:
        swap = awaiting(with_approval, cast, free)
        page = browser(cast.administrator).get(PAGE).text
        assert part(page, "Waiting for your yes", f"Audit {REF}") == (
            f"{free.name} would take Asha Thornbury's audit With a yes,"
            f" {free.name} does it, and Asha Thornbury has November 2017 instead."
            " Without a yes it stays with Asha Thornbury after Thursday 12 October."
        )
        made = f"{cast.administrator.name} made this swap for Asha Thornbury and {free.name}"
        made += " on Monday 2 October at 09:05."
        assert press(browser, cast.auditor, "approve", swap)[0] == 404
        assert [press(browser, cast.administrator, "approve", swap) for _ in range(2)] == [
            (303, f"Approved. {made} Both are told."),
            (409, "You have made this swap already."),
        ]
        assert standing(with_approval)[1][REF] == free.name
        names = (cast.administrator.name, cast.auditor.name)
        assert who_did_what(with_approval.record, swap.ref)[-1] == ("swap_accepted", *names)

    def test_says_no(self, browser: Browser, with_approval: Office, cast: Cast, free: Person) -> None:
        swap = awaiting(with_approval, cast, free)
        said = "Not approved. The audit stays with Asha Thornbury, who is told."
        assert press(browser, cast.administrator, "turn_down", swap) == (303, said)
        assert (now(with_approval, swap.ref).state, standing(with_approval)[1][REF]) == (
            SwapState.DECLINED,
            cast.auditor.name,
        )

    def test_takes_a_request_back_for_who_asked(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        swap = asked(office, cast, free)
        assert press(browser, cast.administrator, "withdraw", swap) == (
            303,
            "Taken back. The audit stays with Asha Thornbury.",
        )
        names = (cast.administrator.name, cast.auditor.name)
        assert who_did_what(office.record, swap.ref)[-1] == ("swap_ended", *names)
        history = part(browser(cast.administrator).get(PAGE).text, "When Audit Who What", "Another month")
        assert history == (
            f"2 October {REF} {cast.administrator.name} for Asha Thornbury took the request back"
            f" 2 October {REF} Asha Thornbury asked {free.name}"
        )

    def test_makes_one_after_being_asked_once_more(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        request, before = asked(office, cast, free), standing(office)
        client = browser(cast.administrator)
        assert "Who takes it? Asha Thornbury takes their turn in" in client.get(f"{CHOOSE}?audit={REF}").text
        said = {"audit": REF, "kind": "two_way", "peer": free.email}
        question = client.post(CHOOSE, data=said)
        asked_again = f"Asha Thornbury has asked {free.name}. That request ends with it."
        assert [each in question.text for each in ("Make this swap?", asked_again)] == [True, True]
        assert (standing(office), now(office, request.ref).state) == (before, SwapState.OPEN)
        status, done = choose(browser, cast.administrator, peer=free.email, sure="yes")
        made = f"{cast.administrator.name} made this swap for Asha Thornbury and {free.name}"
        assert (status, done) == (303, f"Done: {made} on Monday 2 October at 09:05. Both are told.")
        assert standing(office)[1][REF] == free.name
        with office.record.reading() as session:
            swap = find.swaps.every(session)[0]
        assert who_did_what(office.record, swap.ref) == [("swap_accepted", cast.administrator.name, cast.auditor.name)]
        status, again = choose(browser, cast.administrator, peer=free.email, sure="yes")
        assert (status, again) == (422, f"{free.name} is who asks. Choose somebody else.")

    def test_what_cannot_be_made_is_refused_before_it_is_asked(
        self, browser: Browser, office: Office, cast: Cast
    ) -> None:
        refused = f"{cast.peer.name} has an audit already this month. Choose somebody else."
        before = standing(office)
        assert choose(browser, cast.administrator, peer=cast.peer.email, kind="cover") == (422, refused)
        assert choose(browser, cast.administrator, kind="cover") == (422, "Choose whom to ask.")
        assert standing(office) == before

    def test_undoes_any_with_both_names(self, browser: Browser, office: Office, cast: Cast, free: Person) -> None:
        before, swap = standing(office), asked(office, cast, free)
        accept(office, swap.ref, free)
        at(office, date(2017, 10, 6))
        page = browser(cast.administrator).get(PAGE).text
        assert part(page, "Made, and may still be undone", "Make a swap") == (
            f"{free.name} has taken Asha Thornbury's audit {free.name} does it, and Asha Thornbury has November 2017"
            f" instead. Audit {REF} Meadow, Child in Need Kind Swap turns Asked {free.name} took it How {free.name}"
            f" accepted this swap on Monday 2 October at 09:05. Undo : {REF}"
        )
        assert browser(cast.administrator).get(f"{PAGE}/{swap.ref}/undo").status_code == 200
        assert press(browser, cast.administrator, "undo", swap)[0] == 303
        assert standing(office) == before
        assert who_did_what(office.record, swap.ref)[-1] == ("swap_undone", cast.administrator.name, free.name)

    def test_once_a_return_is_in_nothing_is_undone(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        swap = asked(office, cast, free)
        accept(office, swap.ref, free)
        with office.record.writing() as session:
            audit = find.allocations.by_ref(session, REF, to_change=True)
            audit.state, audit.returned_at = AllocationState.RETURNED_IN_TIME, office.now(session)
        page = main(browser(cast.administrator).get(PAGE).text)
        assert ("may still be undone" in page, f"{REF}, {free.name}" in page) == (False, False)
        said = f"{REF} has ended or gone elsewhere since, so this cannot be undone."
        assert press(browser, cast.administrator, "undo", swap) == (409, said)

    def test_makes_the_next_best_of_a_failed_search(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        declined(office, cast, free)
        client = browser(cast.administrator)
        page = client.get(PAGE).text
        assert part(page, "Who could still take it", " Choose somebody else") == (
            f"{cast.head_of_service.name}: available, no tie to the child, took none this year"
            f" Nothing in return : {REF} to {cast.head_of_service.name}"
            f" {free.name}: available, turn in November, no tie to the child, took none this year"
            f" Swap turns : {REF} to {free.name}"
        )
        assert f"{REF}, Asha Thornbury: looked for a swap and found nobody." in client.get("/").text
        assert choose(browser, cast.administrator, peer=free.email, sure="yes")[0] == 303
        assert standing(office)[1][REF] == free.name

    def test_reads_who_has_offered_help(self, browser: Browser, office: Office, cast: Cast, free: Person) -> None:
        with office.record.writing() as session:
            helping.offer_help(session, office, here(session, free))
        page = browser(cast.administrator).get(PAGE).text
        assert part(page, "Who can take one", "Make a swap") == free.name

    def test_a_day_that_is_over_is_too_late(self, browser: Browser, office: Office, cast: Cast, free: Person) -> None:
        client = browser(cast.administrator)
        at(office, date(2017, 10, 13))
        late = client.get(f"{CHOOSE}?audit={REF}")
        assert (late.status_code, "It is too late to swap this audit: it is due." in late.text) == (409, True)
        assert choose(browser, cast.administrator, peer=free.email, sure="yes")[0] == 409
        assert "Make a swap" not in client.get(PAGE).text
