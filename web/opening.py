"""How a month begins: it is opened, and the children's records to draw from are brought in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from programme import case_file
from programme.calendar import following, month_name
from programme.people import Person
from programme.refusals import Fault, Faulty, NotAllowed, NotFound, Refusal
from programme.rows import Table
from storage import find, framing, turning
from storage import month as months
from storage.office import Office
from storage.session import Session
from web.rounds import RoundPage
from web.sign_in import NobodyHere, to_sign_in

MONTHS_TO_OFFER = 6
FIELDS = ("month", "theme", "group", "target")

ReadTable = Callable[[str, bytes], Table]
"""Reads a file that was sent, by its name and bytes; the front hall hands it in."""


@dataclass(frozen=True)
class Open(RoundPage):
    """The month, what it looks at and whose turn it is. Its dates come from the policy and can be moved afterwards."""

    def get(self) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._runner(session)
            return self._page(session, {"month": _to_offer(session, self.office)[0]})

    def post(self) -> ResponseReturnValue:
        said = {name: request.form.get(name, "").strip() for name in FIELDS}
        try:
            with self.office.record.writing() as session:
                opened = self._open(session, said, self._runner(session))
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            with self.office.record.reading() as session:
                return self._page(session, said, {refusal.field or "month": refusal.sentence}), 422
        flash(f"{month_name(opened)} is open. Look at its dates before anything is given out.", "done")
        return redirect(f"/rounds/{opened}", code=303)

    def _open(self, session: Session, said: Mapping[str, str], by: Person) -> str:
        target = _number(said["target"])
        theme, group = said["theme"], said["group"]
        opened = months.open_month(session, self.office, said["month"], by, theme=theme, group=group, target=target)
        return opened.month

    def _page(self, session: Session, said: Mapping[str, str], errors: Mapping[str, str] | None = None) -> str:
        offered = _to_offer(session, self.office)
        return render_template(
            "rounds/open.html",
            offered=[(month, month_name(month)) for month in offered],
            groups=find.people.groups(session),
            next_group=_next_group(session, self.office, offered[0]),
            target=self.office.rules.policy.programme.target,
            said=said,
            errors=errors or {},
        )


@dataclass(frozen=True)
class Frame(RoundPage):
    """A file of children's records: read whole, and taken in as one or not at all."""

    read_table: ReadTable = field(kw_only=True)

    def get(self, month: str) -> ResponseReturnValue:
        with self.office.record.reading() as session:
            self._runner(session)
            return self._page(session, month)

    def post(self, month: str) -> ResponseReturnValue:
        try:
            with self.office.record.writing() as session:
                by, of = self._runner(session), find.rounds.of_month(session, month)
                register = framing.take_in(session, self.office, of.month, self._sent(), by)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            faults = refusal.faults if isinstance(refusal, Faulty) else ()
            with self.office.record.reading() as session:
                return self._page(session, month, refusal.sentence, faults), 422
        flash(f"{len(register.frame)} children's records are in the frame now.", "done")
        return redirect(f"/rounds/{month}", code=303)

    def _sent(self) -> Table:
        sent: FileStorage | None = request.files.get("file")
        if sent is None or not sent.filename:
            raise Refusal("Choose a file first: CSV or XLSX.", field="file")
        return self.read_table(sent.filename, sent.read())

    def _page(self, session: Session, month: str, sentence: str = "", faults: tuple[Fault, ...] = ()) -> str:
        return render_template(
            "rounds/frame.html",
            round=find.rounds.of_month(session, month),
            counts=find.cases.frame_counts(session, month),
            columns=case_file.COLUMNS,
            optional=case_file.OPTIONAL,
            faults=faults,
            errors={"file": sentence} if sentence else {},
        )


def _to_offer(session: Session, office: Office) -> list[str]:
    """The next months without a round, beginning with this one."""
    taken = {of.month for of in find.rounds.all_months(session)}
    month = f"{office.today(session):%Y-%m}"
    free: list[str] = []
    while len(free) < MONTHS_TO_OFFER:
        free += [] if month in taken else [month]
        month = following(month)
    return free


def _next_group(session: Session, office: Office, month: str) -> str:
    """Whose turn it would be; before the first round nobody's, and then somebody says who begins."""
    try:
        return turning.whose_month(session, office, month).name
    except Refusal:
        return ""


def _number(said: str) -> int | None:
    if said and not (said.isascii() and said.isdigit()):
        raise Refusal("Give the target as a whole number, like 30.", field="target")
    return int(said[:6]) if said else None


def routes(office: Office, read_table: ReadTable) -> Blueprint:
    blueprint = Blueprint("opening", __name__, url_prefix="/rounds")
    blueprint.add_url_rule("/open", view_func=Open.as_view("open", office))
    blueprint.add_url_rule("/<month>/frame", view_func=Frame.as_view("frame", office, read_table=read_table))
    blueprint.register_error_handler(NobodyHere, to_sign_in)
    return blueprint
