"""`flask round give` and `flask round practice`: audits beside the month's own, and how a practice case was judged."""

from collections.abc import Sequence

import click

from commands.round import MONTH, round_
from commands.speaking import AS, AS_JSON, DRY_RUN, listed, running_the_month
from commands.tools import office
from programme.allocations import Allocation
from programme.people import Person
from programme.refusals import Refusal
from programme.words import AuditType
from storage import find, giving
from storage.session import Session

__all__ = ["round_"]  # the group, with what hangs on it here

TYPES = {kind.value.replace("_", "-"): kind for kind in AuditType if kind is not AuditType.MONTHLY}


@round_.command("give")
@MONTH
@click.option("--type", "kind", type=click.Choice(list(TYPES)), required=True, help="What kind of audit it is.")
@click.option("--case", "case_ref", default="", help="The child's case reference (practice, dip-sample).")
@click.option("--of", "first", default="", metavar="AUD-…", help="The audit that is looked at again (re-audit).")
@click.option("--to", "email", default="", metavar="EMAIL", help="Who does it (re-audit, dip-sample).")
@click.option("--group", default="", help="Who scores it (practice).")
@click.option("--tool", "version", default="", help="The version of the questions (dip-sample).")
@DRY_RUN
@AS
def give(month: str, kind: str, as_email: str, *, dry_run: bool, **chosen: str) -> None:
    """Give out a practice case, a re-audit or a dip sample at once; the worker sends the messages."""
    with office().record.writing(only_try=dry_run) as session:
        by = running_the_month(session, as_email, on=office().today(session))
        given = _given(session, month, TYPES[kind], chosen, by)
        lines = [f"{each.ref}  {each.case.ref}  to {each.holder.email if each.holder else ''}" for each in given]
    if dry_run:
        lines.append("Nothing was given out: this is what would be.")
    click.echo("\n".join(lines))


def _given(session: Session, month: str, kind: AuditType, chosen: dict[str, str], by: Person) -> Sequence[Allocation]:
    if kind is AuditType.PRACTICE:
        _must_say(chosen, "case_ref", "group")
        return giving.practice(session, office(), month, chosen["case_ref"], chosen["group"], by)
    if kind is AuditType.RE_AUDIT:
        _must_say(chosen, "first", "email")
        return giving.re_audit(session, office(), month, chosen["first"], chosen["email"], by)
    _must_say(chosen, "case_ref", "email", "version")
    return giving.dip_sample(session, office(), month, chosen["case_ref"], chosen["email"], chosen["version"], by)


OPTIONS = {"case_ref": "--case", "first": "--of", "email": "--to", "group": "--group", "version": "--tool"}


def _must_say(chosen: dict[str, str], *names: str) -> None:
    missing = [OPTIONS[name] for name in names if not chosen[name]]
    if missing:
        msg = f"Say {' and '.join(missing)} as well."
        raise Refusal(msg)


@round_.command("practice")
@MONTH
@click.argument("case_ref")
@AS
@AS_JSON
def practice(month: str, case_ref: str, as_email: str, *, as_json: bool) -> None:
    """How everybody judged a practice case, side by side."""
    with office().record.reading() as session:
        running_the_month(session, as_email, on=office().today(session))
        of = find.rounds.of_month(session, month)
        scored = [each for each in find.allocations.beside_the_month(session, of) if each.kind is AuditType.PRACTICE]
        rows = [_judged(session, each) for each in scored if each.case.ref == case_ref]
    listed(rows, as_json=as_json, empty="Nobody was given this record as a practice case.")


def _judged(session: Session, audit: Allocation) -> dict[str, object]:
    made = find.submissions.return_of(session, audit)
    judged = {each.question_key: each.grade for each in made.judgements} if made else {}
    who = audit.holder.email if audit.holder else ""
    return {"ref": audit.ref, "auditor": who, "overall": made.overall if made else "not in yet", **judged}
