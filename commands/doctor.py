"""`flask doctor`: looks at every setting and says what to do about what is not well."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import click
from flask.cli import with_appcontext

from commands.tools import Tools, tools
from programme.calendar import london
from programme.jobs import WELL
from programme.policy import Policy
from programme.post_words import standstill
from programme.sealing import Unsealed
from programme.unmet import said_of
from settings import Settings
from storage import find, heartbeat, migrate
from storage.office import Office
from storage.session import Session

STILL_ALIVE_SECONDS = 60
ONE_TEMPLATE = "Make one e-mail template in GOV.UK Notify, of subject ((subject)) and message ((body)), and name it."
NAMED_AT_MOST = 10


@dataclass(frozen=True)
class Check:
    """One line: whether it is well, and if not, what to do."""

    name: str
    well: bool
    sentence: str


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Check the settings, the database, Slack, the response sheet, e-mail and the worker."""
    checks = examine(tools())
    for check in checks:
        click.echo(f"{'ok  ' if check.well else 'LOOK'}  {check.name}: {check.sentence}")
    if not all(check.well for check in checks):
        click.echo("Something needs a look: see the lines that begin with LOOK.", err=True)
        raise SystemExit(1)


def examine(handed: Tools) -> list[Check]:
    settings = handed.settings
    return [
        _address(settings),
        Check("SECRET_KEY", well=True, sentence="is long enough."),
        *_policy(settings, handed.office.rules.policy),
        _slack(handed),
        _webhook(settings),
        _sheet(handed),
        _email(handed),
        _metrics(settings),
        *_database(settings, handed.office),
    ]


def _address(settings: Settings) -> Check:
    if settings.is_https:
        return Check("PUBLIC_URL", well=True, sentence=f"people find the pages at {settings.address}")
    if settings.is_local:
        return Check("PUBLIC_URL", well=True, sentence=f"{settings.address} can be reached from this machine only.")
    return Check("PUBLIC_URL", well=False, sentence="is not https. Children's records need it: use an https address.")


def _policy(settings: Settings, policy: Policy) -> Iterator[Check]:
    where = str(settings.policy_file) if settings.policy_file else "none is named; the defaults are used."
    yield Check("POLICY_FILE", well=settings.policy_file is not None, sentence=where)
    phone = policy.safety.duty_team_phone
    said = f"in danger, people are told to ring {phone}" if phone else "is missing. Out of hours nobody could be rung."
    yield Check("duty_team_phone", well=bool(phone), sentence=said)


def _slack(handed: Tools) -> Check:
    if not handed.settings.has_slack:
        sentence = "no token or signing secret is set, so messages are printed instead of sent."
        return Check("SLACK_BOT_TOKEN", well=False, sentence=sentence)
    wrong = handed.account_state()
    return Check("SLACK_BOT_TOKEN", well=not wrong, sentence=wrong or "Slack knows us.")


def _webhook(settings: Settings) -> Check:
    many = len(settings.forms_secrets)
    if not many:
        return Check("FORMS_SECRET", well=True, sentence="none is set, so no Google Form can send returns here.")
    more = f" {many} are set: take the old one out once the form has the new one." if many > 1 else ""
    return Check(
        "FORMS_SECRET", well=True, sentence=f"Google Forms may send to {settings.address}/forms/returns.{more}"
    )


def _sheet(handed: Tools) -> Check:
    settings = handed.settings
    if settings.has_sheet:
        wrong = handed.sheet_state()
        return Check("GOOGLE_SHEET_KEY", well=not wrong, sentence=wrong or "the response sheet can be read.")
    if settings.google_sheet_key:
        sentence = "is missing. Without that key file the sheet cannot be read."
        return Check("GOOGLE_SERVICE_ACCOUNT_FILE", well=False, sentence=sentence)
    if settings.google_service_account_file:
        return Check("GOOGLE_SHEET_KEY", well=False, sentence="is missing. Which response sheet is to be read?")
    return Check("GOOGLE_SHEET_KEY", well=True, sentence="none is named, so no Google Sheet is read.")


def _email(handed: Tools) -> Check:
    settings = handed.settings
    if settings.has_notify:
        wrong = handed.email_state()
        return Check("NOTIFY_API_KEY", well=not wrong, sentence=wrong or "GOV.UK Notify sends our e-mail.")
    if settings.notify_api_key.get_secret_value():
        return Check("NOTIFY_TEMPLATE_ID", well=False, sentence=f"is missing. {ONE_TEMPLATE}")
    if settings.notify_template_id:
        return Check("NOTIFY_API_KEY", well=False, sentence="is missing. Make a live key in GOV.UK Notify.")
    return Check("NOTIFY_API_KEY", well=True, sentence="none is set, so who is not on Slack gets no message.")


def _metrics(settings: Settings) -> Check:
    if settings.metrics_token.get_secret_value():
        return Check("METRICS_TOKEN", well=True, sentence=f"Prometheus may ask {settings.address}/metrics")
    return Check("METRICS_TOKEN", well=True, sentence="none is set, so there is no /metrics.")


def _database(settings: Settings, office: Office) -> Iterator[Check]:
    if not migrate.at_head(settings.database_url):
        yield Check("DATABASE_URL", well=False, sentence="the tables are not up to date. Run: flask db upgrade")
        return
    yield Check("DATABASE_URL", well=True, sentence="the database answers and its tables are up to date.")
    with office.record.reading() as session:
        stops = standstill(find.notices.switch(session))
        yield Check("messages", well=not stops, sentence=stops or "they go out.")
        yield from _worker(session, office)
        yield from _work(session, office)
        yield _history(find.history.unsealed(session), office.now(session))


def _worker(session: Session, office: Office) -> Iterator[Check]:
    beat, apart = heartbeat.last(session), heartbeat.apart(session, at=office.real_now())
    age = (office.real_now() - beat).total_seconds() if beat else None
    if age is None or age > STILL_ALIVE_SECONDS:
        yield Check("worker", well=False, sentence="no worker is running, so no message goes out. Start: flask worker")
    else:
        yield Check("worker", well=True, sentence=f"a worker was seen {age:.0f} seconds ago.")
    if apart:
        sentence = f"a worker's machine is {apart} seconds apart from the database, so it does nothing. Set its clock."
        yield Check("clock", well=False, sentence=sentence)


def _work(session: Session, office: Office) -> Iterator[Check]:
    """What happens by itself, where it does not."""
    for job in find.jobs.every(session):
        stands = job.how_it_stands(office.real_now())
        if stands != WELL:
            yield Check(f"job {job.name}", well=False, sentence=f"is {stands}: {job.purpose}. {job.code}".rstrip())
    for thing in find.jobs.set_aside(session):
        sentence = (
            f"{thing.job} failed {thing.tries} times ({thing.code}). Then: flask jobs release {thing.about} --as …"
        )
        yield Check(thing.about, well=False, sentence=sentence)
    if unmet := find.unmet.count(session):
        about = find.unmet.references(session, at_most=NAMED_AT_MOST)
        yield Check("messages", well=False, sentence=said_of(unmet, about))


def _history(unsealed: Unsealed, now: datetime) -> Check:
    """How much of it waits for its seal, and since when."""
    if not unsealed.many:
        return Check("history", well=True, sentence="all of it is sealed.")
    since = f", the oldest since {london(unsealed.since):%H:%M on %A %-d %B}" if unsealed.since else ""
    said = f"{unsealed.many} entries wait for their seal{since}."
    if not unsealed.is_late(at=now):
        return Check("history", well=True, sentence=said)
    return Check("history", well=False, sentence=f"{said} The worker seals them each minute: flask jobs list")
