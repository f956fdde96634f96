"""What the worker says of its work: each job, each run that may happen once, what is set aside, what is missing."""

from sqlalchemy import Column, Index, Table, UniqueConstraint

from programme.unmet import Lack
from storage.tables.base import key, metadata, text
from storage.types import Instant, Number, Word, one_of

job = Table(
    "job",
    metadata,
    key(),
    *text("name", 60, unique=True),
    *text("purpose", 100),
    *text("worker", 100),
    Column("late_at", Instant, nullable=False),
    Column("began_at", Instant),
    Column("ended_at", Instant),
    Column("succeeded_at", Instant),
    Column("failed_at", Instant),
    Column("runs", Number, nullable=False),
    Column("failures", Number, nullable=False),
    Column("failing", Number, nullable=False),
    *text("code", 60),
)

job_run = Table(
    "job_run",
    metadata,
    key(),
    *text("job", 60),
    *text("period", 40),
    *text("worker", 100),
    Column("began_at", Instant, nullable=False),
    Column("ended_at", Instant),
    *text("outcome", 20),
    *text("why", 60),
    # Of any number of workers one does a job for a period.
    UniqueConstraint("job", "period"),
    Index("ix_job_run_began_at", "began_at"),
)

set_aside = Table(
    "set_aside",
    metadata,
    key(),
    *text("job", 60),
    *text("about", 40),
    Column("since", Instant, nullable=False),
    Column("tries", Number, nullable=False),
    Column("retry_at", Instant),
    *text("code", 60),
    UniqueConstraint("job", "about"),
)

unmet = Table(
    "unmet",
    metadata,
    key(),
    Column("lack", Word(Lack), nullable=False),
    *text("what", 100),
    *text("about", 40),
    Column("since", Instant, nullable=False),
    UniqueConstraint("lack", "what"),
    one_of("lack", Lack),
)
