"""The command line: one file per noun, each a door like the others."""

from flask import Flask

from commands.actions import actions
from commands.backup import backup, restore
from commands.dates import round_
from commands.db import db
from commands.demo import demo
from commands.doctor import doctor
from commands.forms import tool
from commands.history import history
from commands.imports import cases, months
from commands.jobs import jobs
from commands.moderation import moderation
from commands.people import people
from commands.post import deliver, messages, socket, sweep, worker
from commands.reminders import reminders
from commands.report import report
from commands.returns import returns
from commands.sign_in import sign_in
from commands.swap import swap
from commands.tools import Tools

COMMANDS = (
    *(db, doctor, worker, jobs, socket, sweep, deliver, messages),
    *(people, tool, cases, months, round_, reminders, swap, actions, moderation, report, returns),
    *(sign_in, history, backup, restore, demo),
)


def register(app: Flask, tools: Tools) -> None:
    """Hang every command on the app and hand them what they need."""
    app.extensions["auditloop"] = tools
    for command in COMMANDS:
        app.cli.add_command(command)
