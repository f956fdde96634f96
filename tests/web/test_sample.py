"""The sample on the pages: drawn, added to by hand, and what those who work with a child say before it is read."""

from datetime import date

import pytest

from programme.cases import Case, FrameEntry
from programme.words import AllocationState
from storage import clock, find, sampling
from storage.office import Office
from tests.cast import MONTH, NOW, Cast, here
from tests.forms import filling
from tests.web.conftest import Browser
from tests.web.test_opening import NOVEMBER, words

NEXT = "2017-11"
PAGE = f"/rounds/{NEXT}/sample"


@pytest.fixture
def frame(office: Office, cast: Cast, browser: Browser) -> None:
    """Six records for November in one team: one restricted, one audited in October, one just opened."""
    browser(cast.administrator).post("/rounds/open", data=NOVEMBER)
    with office.record.writing() as session:
        team, worker = here(session, cast.team_manager).team, here(session, cast.social_worker)
        known = find.cases.by_refs(session, ["MDW-0417"])["MDW-0417"]
        made = [
            Case(ref, team, "Looked After", "5-9", worker, here(session, cast.team_manager), opened=date(2017, 1, 9))
            for ref in ("MDW-0901", "MDW-0902", "MDW-0903", "MDW-0904", "MDW-0905")
        ]
        made[3].restricted, made[4].opened = True, date(2017, 10, 1)
        session.add_all(FrameEntry(NEXT, each) for each in (known, *made))


def drawn(office: Office) -> list[str]:
    with office.record.reading() as session:
        return sorted(each.case.ref for each in find.cases.frame(session, NEXT) if each.drawn_as)


@pytest.mark.usefixtures("frame")
class TestDrawing:
    def test_before_it_the_page_says_what_may_be_drawn(self, browser: Browser, cast: Cast) -> None:
        said = words(browser(cast.administrator).get(PAGE).text)
        assert "3 children's records may be drawn." in said.replace("&#39;", "'")
        for line in ("1 not drawn: audited", "1 not drawn: open for less than 6 weeks", "1 not drawn: restricted"):
            assert line in said

    def test_it_is_drawn_once_and_the_same_again_changes_nothing(
        self, browser: Browser, office: Office, cast: Cast
    ) -> None:
        client = browser(cast.administrator)
        said = {"step": "draw", "size": "1", "seed": "1710"}
        assert [client.post(PAGE, data=said).status_code for _ in range(2)] == [303, 303]
        [ref] = drawn(office)
        assert client.post(PAGE, data=said | {"seed": "9"}).status_code == 422
        assert drawn(office) == [ref]
        page = words(client.get(PAGE).text)
        assert "1 drawn at random on Monday 2 October 2017" in page
        assert "Team: Meadow 6 1 1.0" in page
        with office.record.reading() as session:
            assert sampling.check(session, NEXT).drawn.places == (ref,)

    @pytest.mark.parametrize(
        ("said", "field", "sentence"),
        [
            (
                {"size": "4"},
                "draw-size",
                "At most 1 can be drawn; 4 were asked for: no more than one of a social",
            ),
            ({"size": "many"}, "draw-size", "Give a whole number, like 30."),
            ({"seed": ""}, "draw-seed", "Give a whole number, like 30."),
            ({"step": "pick", "case": "MDW-0904"}, "pick-case", "is restricted or on hold."),
            ({"step": "pick", "case": "MDW-0999"}, "pick-case", "is not among the children"),
            ({"step": "pick", "case": "MDW-0901"}, "pick-because", "Say why this record is chosen by hand."),
            ({"step": "partner", "audits": "-1"}, "partner-audits", "Give a whole number, like 30."),
            ({"step": "partner", "audits": "4"}, "partner-service", "Say which service"),
        ],
    )
    def test_what_is_wrong_stands_by_its_field(
        self,
        browser: Browser,
        office: Office,
        cast: Cast,
        said: dict[str, str],
        field: str,
        sentence: str,
    ) -> None:
        typed = {"step": "draw", "size": "1", "seed": "1"} | said
        answer = browser(cast.administrator).post(PAGE, data=typed)
        assert (answer.status_code, f'id="{field}-error"' in answer.text, sentence in answer.text) == (422, True, True)
        assert drawn(office) == []


@pytest.mark.usefixtures("frame")
class TestByHand:
    def test_one_is_picked_and_counted_apart(self, browser: Browser, office: Office, cast: Cast) -> None:
        client = browser(cast.administrator)
        assert client.post(PAGE, data={"step": "pick", "case": "MDW-0902", "because": "Complaint"}).status_code == 303
        assert (drawn(office), "MDW-0902: Complaint" in words(client.get(PAGE).text)) == (["MDW-0902"], True)

    def test_only_the_head_of_quality_releases(self, browser: Browser, cast: Cast) -> None:
        said = {"step": "release", "case": "MDW-0904", "to": cast.auditor.email}
        assert browser(cast.administrator).post(PAGE, data=said).status_code == 404
        client = browser(cast.head_of_quality)
        assert client.post(PAGE, data=said).status_code == 303
        assert "MDW-0904: for Asha Thornbury only" in words(client.get(PAGE).text)

    def test_a_partners_total_entered_again_replaces_the_first(self, browser: Browser, cast: Cast) -> None:
        client = browser(cast.administrator)
        for said in ("4", "5"):
            client.post(PAGE, data={"step": "partner", "service": "Youth Justice", "audits": said})
            page = words(client.get(PAGE).text)
        assert ("Youth Justice: 5" in page, "Youth Justice: 4" in page) == (True, False)


class TestSpeakingFirst:
    def page_of(self, office: Office) -> str:
        with office.record.reading() as session:
            return f"/chosen/{find.cases.in_frame(session, MONTH, 'MDW-0417').reference}"

    def test_it_is_for_those_who_work_with_the_child(self, browser: Browser, office: Office, cast: Cast) -> None:
        page = self.page_of(office)
        near, far = (cast.social_worker, cast.team_manager), (cast.auditor, cast.administrator, cast.outsider)
        assert [browser(who).get(page).status_code for who in (*near, *far)] == [200, 200, 404, 404, 404]

    def test_what_they_say_stands_first_in_the_audit_and_can_be_changed(
        self, browser: Browser, office: Office, cast: Cast
    ) -> None:
        client, page = browser(cast.social_worker), self.page_of(office)
        for said in ("The visits.", "The weekly visits."):
            assert client.post(page, data={"proud_of": said, "got_in_the_way": "Two moves."}).status_code == 303
        assert "The weekly visits." in client.get(page).text
        form = words(browser(cast.auditor).get(f"/returns/{cast.allocation.token}/strengths").text)
        heading = f"From {cast.social_worker.name}, who works with the child"
        assert form.index(heading) < form.index("The weekly visits.") < form.index("What is strong here?")

    def test_a_name_is_pointed_out_and_may_stand(self, browser: Browser, office: Office, cast: Cast) -> None:
        client, page = browser(cast.social_worker), self.page_of(office)
        said = {"proud_of": "Ring 07700 900123 for the mother."}
        answer = client.post(page, data=said)
        assert (answer.status_code, "There seems to be a phone number in it." in answer.text) == (422, True)
        assert client.post(page, data=said | {"anyway": "yes"}).status_code == 303

    def test_not_once_the_audit_is_back(self, browser: Browser, office: Office, cast: Cast) -> None:
        page = self.page_of(office)
        with office.record.writing() as session:
            audit = find.allocations.by_ref(session, cast.allocation.ref)
            audit.state, audit.returned_at = AllocationState.RETURNED_IN_TIME, office.now(session)
        client = browser(cast.social_worker)
        assert "The audit is back." in client.get(page).text
        assert client.post(page, data={"proud_of": "Late."}).status_code == 422


class TestReserves:
    def test_one_follows_what_is_handed_back_and_the_record_is_not_read_any_more(
        self, browser: Browser, office: Office, cast: Cast
    ) -> None:
        with office.record.writing() as session:
            alike = Case("MDW-0980", None, "Looked After", "5-9", here(session, cast.social_worker))
            free = Case("MDW-0990", None, "Looked After", "5-9")
            session.add_all([FrameEntry(MONTH, alike, reserve_as=1), FrameEntry(MONTH, free, reserve_as=2)])
        client = browser(cast.auditor)
        filling.post(client, cast, "about", {"part_in_case": "yes"})
        filling.send(client, cast)
        with office.record.reading() as session:
            waiting = [each.ref for each in find.cases.waiting_for_an_auditor(session, MONTH)]
        assert waiting == ["MDW-0990"]

    def test_not_when_fewer_than_five_working_days_remain(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            for _ in range(6):
                clock.set_to(session, office.rules.calendar.next_morning(office.today(session)))
            audit = find.allocations.by_ref(session, cast.allocation.ref)
            session.add(FrameEntry(MONTH, Case("MDW-0990", None, "Looked After", "5-9"), reserve_as=1))
            session.flush()
            assert sampling.follow_up(session, office, audit, here(session, cast.auditor)) is None


def test_the_start_page_asks_until_they_have_spoken_or_it_is_back(browser: Browser, office: Office, cast: Cast) -> None:
    def asked(*who: str) -> list[bool]:
        link = f"/chosen/{entry.reference}"
        return [link in browser(getattr(cast, each)).get("/").text for each in who]

    with office.record.reading() as session:
        entry = find.cases.in_frame(session, MONTH, cast.allocation.case.ref)
    assert asked("social_worker", "team_manager", "outsider", "auditor") == [True, True, False, False]
    said = {"proud_of": "We kept going.", "got_in_the_way": "", "may_be_asked": ""}
    page = f"/chosen/{entry.reference}"
    assert browser(cast.social_worker).post(page, data=said).status_code == 303
    assert asked("social_worker", "team_manager") == [False, True]
    with office.record.writing() as session:
        audit = find.allocations.by_ref(session, cast.allocation.ref)
        audit.state, audit.returned_at = AllocationState.RETURNED_IN_TIME, NOW
    assert asked("team_manager") == [False]
