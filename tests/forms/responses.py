"""What respondents send by one month's Google Form, and the row that Google makes of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from forms.columns import Column, Kind, columns
from programme.allocating import allocate
from programme.allocations import Allocation
from programme.cases import Case, FrameEntry
from programme.matching import Matching, Placed
from programme.people import Person, RoleHeld
from programme.tool import AuditTool
from programme.words import Role
from storage import find, journal
from storage.session import Record
from tests.cast import GIVEN_OUT_AT, MONTH, Cast, here
from tests.twins.spreadsheet import Cell, Moment, Tab

TIMESTAMP, EMAIL = "Timestamp", "Email Address"

ANSWERS: Mapping[str, str] = {
    "part_in_case": "no",
    "strengths": "The worker knows this child well.",
    **{f"core.{key}": "1" for key in ("assessment", "plan", "voice")},
    "theme.father_known": "2",
    "theme.father_known.evidence": "Named in the assessment.",
    "theme.father_involved": "na",
    "overall": "1.5",
    "impact": "Home is calmer.",
    "safety": "no_concern",
    "with_practitioner": "yes",
    **{f"{who}.asked": "yes" for who in ("child", "mother", "father")},
    **{f"{who}.how": "By telephone." for who in ("child", "mother", "father")},
    "carer.asked": "nobody",
    "outcomes": "drift_or_delay",
    "action_1.step": "Write to the school.",
    "action_1.measure": "The letter is on the record.",
    "action_1.priority": "urgent",
}


@dataclass(frozen=True)
class Response:
    """One sending of the form: when, by whom, for which child's record, with which answers.

    `form_id` is Google's own for it, which stays when the respondent edits it.
    """

    at: datetime
    respondent: str
    case_ref: str
    answers: Mapping[str, str]
    form_id: str = "1"

    def with_answers(self, **other: str) -> "Response":
        return replace(self, answers={**self.answers, **other})


def new_tab(tool: AuditTool) -> Tab:
    return Tab("Form responses 1", [TIMESTAMP, EMAIL, *(column.title for column in columns(tool))])


def row_of(response: Response, tool: AuditTool, zone: str = "Europe/London") -> list[Cell]:
    """The row in the order in which the form has its questions."""
    fields = {**response.answers, "case_ref": response.case_ref}
    told = [_cell(column, fields.get(column.name, "")) for column in columns(tool)]
    return [Moment.at(response.at, zone), response.respondent, *told]


def sent_by_script(response: Response, tool: AuditTool) -> bytes:
    """What the script in the form sends of it to the webhook."""
    fields = {**response.answers, "case_ref": response.case_ref}
    answers = [
        {"item": "", "title": column.title, "value": _said(column, fields[column.name])}
        for column in columns(tool)
        if fields.get(column.name)
    ]
    sent = {"response_id": response.form_id, "submitted_at": response.at.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return json.dumps({**sent, "respondent": response.respondent, "answers": answers}).encode()


def _said(column: Column, value: str) -> str | list[str]:
    labels = [column.choices.get(each, each) for each in value.split(";")] if column.kind is Kind.TICKS else None
    return labels or column.choices.get(value, value)


def _cell(column: Column, value: str) -> Cell:
    if column.kind is Kind.DAY and value:
        return Moment.on(date.fromisoformat(value))
    if column.kind is Kind.TICKS:
        return ", ".join(column.choices[each] for each in value.split(";") if each)
    return column.choices.get(value, value)


def give_out_more(record: Record, cast: Cast, how_many: int) -> list[tuple[str, str]]:
    """More audits of the cast's month, each with an auditor of its own: (auditor's address, case reference)."""
    with record.writing() as session:
        manager, worker = here(session, cast.team_manager), here(session, cast.social_worker)
        month = find.rounds.of_month(session, MONTH)
        placed = [_one_more(number, manager, worker) for number in range(1, how_many + 1)]
        session.add_all([FrameEntry(MONTH, each.case, drawn_as=n) for n, each in enumerate(placed, start=10)])
        made, allocated = allocate(month, Matching(tuple(placed), ()), numbered_from=10)
        session.add_all(made)
        session.flush()
        given_out = month.distribute(made, at=GIVEN_OUT_AT)
        journal.write(session, [*allocated, *given_out], by=here(session, cast.administrator), at=GIVEN_OUT_AT)
        return _addresses(made)


def _one_more(number: int, manager: Person, worker: Person) -> Placed:
    auditor = Person(
        email=f"auditor{number}@example.org",
        name=f"Auditor {number}",
        roles_held=[RoleHeld(Role.DEPUTY_TEAM_MANAGER)],
    )
    ref = f"00{number:04}" if number % 2 else f"MDW-1{number:03}"
    case = Case(ref, manager.team, "Child in Need", "5 to 9", worker, manager)
    return Placed(case, auditor, "another service")


def _addresses(made: Sequence[Allocation]) -> list[tuple[str, str]]:
    return [(each.holder.email, each.case.ref) for each in made if each.holder]
