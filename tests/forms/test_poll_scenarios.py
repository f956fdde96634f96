"""A month of a response sheet, many times over: nothing in it is lost, doubled or filed with another child's record."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from forms import signing, webhook
from forms.poll import Poll
from forms.sheets import ResponseSheet
from programme.allocations import Allocation
from programme.people import Person
from programme.submissions import Submission
from programme.words import SubmissionState
from storage import clock, find, tables
from storage.find.submissions import WHOLE
from storage.office import Office
from tests.cast import Cast
from tests.forms.awkward import awkward_cells
from tests.forms.clock import Clock
from tests.forms.conftest import KEY
from tests.forms.responses import ANSWERS, Response, give_out_more, new_tab, row_of, sent_by_script
from tests.forms.sheet_story import CASE_REF, STRENGTHS, Sent, Story
from tests.twins.sheets import SheetsTwin
from tests.twins.spreadsheet import Spreadsheet

SECRET = "for tests only, and long enough for it"
ZONES = ("Europe/London", "America/New_York", "Pacific/Auckland", "UTC")
BEGINS = (datetime(2017, 10, 3, 7, tzinfo=UTC), datetime(2017, 10, 28, 20, tzinfo=UTC))
"""The second is the evening before London's clock goes back."""
SEEN_BY_EVERYBODY, LONG = range(3), range(3, 500)
STEPS = 30
SENT_AT = datetime(2017, 10, 2, 8, 3, tzinfo=UTC)
ACCEPTED = SubmissionState.ACCEPTED


@pytest.fixture
def book(cast: Cast) -> Spreadsheet:
    return Spreadsheet([new_tab(cast.tool)])


@pytest.fixture
def poll(office: Office, sheet: ResponseSheet) -> Poll:
    return Poll(office, sheet.read, KEY)


def on_record(office: Office) -> list[Submission]:
    with office.record.reading() as session:
        return list(session.scalars(select(Submission).options(*WHOLE).order_by(tables.submission.c.id)))


def known_by(submission: Submission) -> Sent:
    return submission.fields.get("impact", ""), submission.respondent


def look(story: Story, poll: Poll, ticking: Clock) -> None:
    """One poll: it takes in every row there is, or changes nothing."""
    office = poll.office
    ticking.now += 60
    before, calls = len(on_record(office)), len(story.twin.reads)
    well = story.is_well
    polled = poll.once()
    assert not polled.because or not well or story.whole
    if polled.because:
        assert len(on_record(office)) == before
    else:
        assert story.whole is None
        story.polled()
    if well:
        assert len(story.twin.reads) - calls <= 2


def must_be_whole(story: Story, office: Office) -> None:
    """Nothing lost, nothing doubled, nothing misfiled."""
    had = on_record(office)
    assert sorted(map(known_by, had)) == sorted(story.expected)
    assert {known_by(each): given(each) for each in had} == {
        key: {name: said for name, said in fields.items() if said} for key, fields in story.expected.items()
    }
    assert [each for each in had if each.state is SubmissionState.KEPT] == []
    for each in had:
        if each.allocation is not None:
            assert each.allocation.case.ref == each.fields["case_ref"].strip()
    for audit in {each.allocation.ref: each.allocation for each in had if each.allocation}.values():
        must_count_once(office, audit, [each for each in had if each.allocation is audit])


def must_count_once(office: Office, audit: Allocation, several: list[Submission]) -> None:
    """Of what is whole and from whom it should be, the latest is the audit's return."""
    right = [each for each in several if each.fields.get("overall") and each.respondent == email_of(audit.holder)]
    with office.record.reading() as session:
        standing = find.submissions.return_of(session, audit)
        counts = standing.submission if standing else None
    assert (counts is None) == (not right)
    if counts is not None:
        assert counts.id in {each.id for each in right}
        assert counts.arrived_at == max(each.arrived_at for each in right)


def email_of(person: Person | None) -> str | None:
    return person.email if person else None


def given(submission: Submission) -> dict[str, str]:
    return {name: said for name, said in submission.fields.items() if said}


@pytest.fixture
def script(office: Office, cast: Cast) -> Callable[[Response], None]:
    """The script in the form: it signs a response and sends it to the webhook, each time as a new delivery."""
    app = Flask("webhook", static_folder=None)
    app.register_blueprint(webhook.routes(office, [SECRET]))
    client, numbers = app.test_client(), count(1)

    def deliver(response: Response) -> None:
        body, delivery = sent_by_script(response, cast.tool), f"delivery-{next(numbers)}"
        stamp = str(int(office.real_now().timestamp()))
        signature = signing.sign(SECRET, delivery, stamp, body)
        headers = {"webhook-id": delivery, "webhook-timestamp": stamp, "webhook-signature": signature}
        answer = client.post("/forms/returns", data=body, headers=headers, content_type="application/json")
        assert answer.status_code in {200, 202}, answer.text

    return deliver


@pytest.fixture
def play(
    poll: Poll,
    script: Callable[[Response], None],
    twin: SheetsTwin,
    book: Spreadsheet,
    cast: Cast,
    ticking: Clock,
) -> Callable[[int], None]:
    """A month of the sheet, as one seed has it, and what must be on record at its end."""
    audits = give_out_more(poll.office.record, cast, 6)

    def month(seed: int) -> None:
        chance = Random(seed)
        book.time_zone = chance.choice(ZONES)
        story = Story(cast.tool, book, twin, audits, script, chance.choice(BEGINS), chance)
        for _ in range(STEPS):
            with poll.office.record.writing() as session:
                clock.set_to(session, story.now)
            story.happen()
            if chance.random() < 0.4:
                story.before_poll()
                look(story, poll, ticking)
        story.end_well()
        look(story, poll, ticking)
        look(story, poll, ticking)
        must_be_whole(story, poll.office)

    return month


@pytest.mark.parametrize("seed", SEEN_BY_EVERYBODY)
def test_a_month_of_a_sheet(seed: int, play: Callable[[int], None]) -> None:
    play(seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", LONG)
def test_many_more_months_of_a_sheet(seed: int, play: Callable[[int], None]) -> None:
    play(seed)


def spoil(how_many: int, poll: Poll, book: Spreadsheet, cast: Cast) -> None:
    """Each cell comes back byte for byte, or its response waits for a person; none keeps another from coming in."""
    cells = awkward_cells(how_many, seed=2017)
    audits = give_out_more(poll.office.record, cast, how_many)
    strengths = book.tabs[0].column(STRENGTHS) - 1
    for (auditor, case_ref), cell in zip(audits, cells, strict=True):
        row = row_of(Response(SENT_AT, auditor, case_ref, ANSWERS), cast.tool)
        row[strengths] = cell
        book.tabs[0].rows.append(row)
    assert (poll.once().because, poll.once().new) == ("", 0)
    had = {each.respondent: each for each in on_record(poll.office)}
    came = [(cell, had[auditor]) for (auditor, _), cell in zip(audits, cells, strict=True)]
    assert [cell for cell, each in came if each.state is ACCEPTED and each.fields["strengths"] != cell] == []
    texts = [(cell, each.fields["strengths"]) for cell, each in came if isinstance(cell, str) and can_be_kept(cell)]
    assert [cell for cell, kept in texts if kept != cell] == []
    assert {each.state for _, each in came} == {ACCEPTED, SubmissionState.HELD}


def can_be_kept(cell: str) -> bool:
    """Text that says something and that any database keeps."""
    return bool(cell) and "\0" not in cell and not any("\ud800" <= letter <= "\udfff" for letter in cell)


def test_awkward_cells_come_back_as_they_were_or_wait(poll: Poll, book: Spreadsheet, cast: Cast) -> None:
    spoil(140, poll, book, cast)


@pytest.mark.soak
def test_five_hundred_awkward_cells_come_back_as_they_were_or_wait(poll: Poll, book: Spreadsheet, cast: Cast) -> None:
    spoil(500, poll, book, cast)


def test_a_week_without_the_script_is_all_in_by_one_poll(poll: Poll, book: Spreadsheet, cast: Cast) -> None:
    audits = give_out_more(poll.office.record, cast, 20)
    with poll.office.record.writing() as session:
        clock.set_to(session, datetime(2017, 10, 10, 9, tzinfo=UTC))
    for number, (auditor, case_ref) in enumerate(audits):
        sent = datetime(2017, 10, 3, 8, tzinfo=UTC) + timedelta(hours=8 * number)
        book.tabs[0].append(*row_of(Response(sent, auditor, case_ref, ANSWERS), cast.tool))
    assert (poll.once().new, poll.once().new) == (20, 0)
    had = on_record(poll.office)
    assert [each.state for each in had] == [ACCEPTED] * 20
    assert sorted(each.fields["case_ref"] for each in had) == sorted(case_ref for _, case_ref in audits)


def test_fifty_rows_deleted_take_nothing_away(poll: Poll, book: Spreadsheet, cast: Cast) -> None:
    audits = give_out_more(poll.office.record, cast, 50)
    for number, (auditor, case_ref) in enumerate(audits):
        sent = datetime(2017, 10, 2, 8, number, tzinfo=UTC)
        book.tabs[0].append(*row_of(Response(sent, auditor, case_ref, ANSWERS), cast.tool))
    poll.once()
    book.tabs[0].delete_rows(2, 50)
    assert (poll.once().because, len(on_record(poll.office))) == ("", 50)


SCRIPT_FIRST = pytest.mark.parametrize("script_first", [True, False], ids=["script first", "poll first"])


def by_both_ways(poll: Poll, script: Callable[[Response], None], response: Response, *, script_first: bool) -> None:
    if script_first:
        script(response)
    poll.once()
    if not script_first:
        script(response)
    poll.once()


@SCRIPT_FIRST
def test_what_comes_by_both_ways_is_had_once(
    poll: Poll, script: Callable[[Response], None], book: Spreadsheet, cast: Cast, *, script_first: bool
) -> None:
    ((auditor, case_ref),) = give_out_more(poll.office.record, cast, 1)
    response = Response(SENT_AT, auditor, case_ref, ANSWERS)
    book.tabs[0].append(*row_of(response, cast.tool))
    by_both_ways(poll, script, response, script_first=script_first)
    assert [(each.state, each.submitted_at) for each in on_record(poll.office)] == [(ACCEPTED, SENT_AT)]


@SCRIPT_FIRST
def test_zeros_that_the_sheet_lost_are_known_from_the_script(
    poll: Poll, script: Callable[[Response], None], book: Spreadsheet, cast: Cast, *, script_first: bool
) -> None:
    ((auditor, case_ref),) = give_out_more(poll.office.record, cast, 1)
    response = Response(SENT_AT, auditor, case_ref, ANSWERS)
    row = row_of(response, cast.tool)
    row[book.tabs[0].column(CASE_REF) - 1] = book.entered(case_ref)
    book.tabs[0].rows.append(row)
    by_both_ways(poll, script, response, script_first=script_first)
    had = [(each.state, each.fields["case_ref"]) for each in on_record(poll.office)]
    assert had == ([] if script_first else [(SubmissionState.SUPERSEDED, "1")]) + [(ACCEPTED, "000001")]


@SCRIPT_FIRST
@pytest.mark.parametrize("hour", [0, 1, 2])
def test_the_night_the_clock_goes_back_makes_no_second_return(
    poll: Poll, script: Callable[[Response], None], book: Spreadsheet, cast: Cast, hour: int, *, script_first: bool
) -> None:
    """The sheet does not say in which of two like hours something was sent."""
    ((auditor, case_ref),) = give_out_more(poll.office.record, cast, 1)
    response = Response(datetime(2017, 10, 29, hour, 30, tzinfo=UTC), auditor, case_ref, ANSWERS)
    book.tabs[0].append(*row_of(response, cast.tool))
    with poll.office.record.writing() as session:
        clock.set_to(session, datetime(2017, 10, 30, 9, tzinfo=UTC))
    by_both_ways(poll, script, response, script_first=script_first)
    assert [each.state for each in on_record(poll.office)].count(ACCEPTED) == 1


def test_a_form_that_is_given_another_sheet_sends_everything_again(
    poll: Poll, script: Callable[[Response], None], book: Spreadsheet, cast: Cast
) -> None:
    audits = give_out_more(poll.office.record, cast, 20)
    responses = [
        Response(SENT_AT, auditor, case_ref, ANSWERS, form_id=f"response-{number}")
        for number, (auditor, case_ref) in enumerate(audits)
    ]
    for response in responses:
        script(response)
        book.tabs[0].append(*row_of(response, cast.tool))
    for response in reversed(responses):
        script(response)
    assert (poll.once().new, len(on_record(poll.office))) == (0, 20)
