"""What the processes say about themselves: one JSON line each, with our own references and numbers only.

Nothing about a child or a person is logged: extra fields come from a list of known names, an exception shows its kind
and where it happened but never its text, and whatever looks like a secret is blotted out.
"""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

KNOWN_FIELDS = (
    *("answer", "code", "home", "job", "kind", "left", "length", "method", "ms", "notice", "person"),
    *("reason", "ref", "route", "seconds", "status", "worker"),
)

SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|whsec_[\w+/=-]+|-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----"
    r"|[\w-]*(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-?){2}"  # a key of GOV.UK Notify
    r"|(?<=/sign-in/)[\w-]{16,}|(?<=/returns/)[\w-]{16,}|(?<=://)[^/@\s:]+:[^/@\s]+(?=@)",
    re.DOTALL,
)

NOISY = ("slack_bolt", "slack_sdk", "apscheduler", "werkzeug", "urllib3", "alembic", "notifications_python_client")


class Redacting(logging.Filter):
    """Blots out tokens, keys, passwords in addresses and the secrets in our own links."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = SECRETS.sub("[hidden]", record.getMessage())
        record.args = None
        return True


class OneLine(logging.Formatter):
    """A log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
            **{name: getattr(record, name) for name in KNOWN_FIELDS if hasattr(record, name)},
        }
        if record.exc_info and record.exc_info[0]:
            said |= {"error": record.exc_info[0].__name__, "where": _places(record.exc_info[2])}
        return json.dumps(said, ensure_ascii=False, default=str)


def _places(trace: TracebackType | None) -> list[str]:
    """File, line and function of each step; never the text of an error, which may quote what somebody wrote."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)][-12:]


def begin(level: int = logging.INFO) -> None:
    """Send every log line to stderr in this form. Called once, by a process as it starts."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(Redacting())
    handler.setFormatter(OneLine())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)
