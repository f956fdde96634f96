"""What the demo says when it is ready: where everything is, whom to be, and five things to try."""

from collections.abc import Iterable
from datetime import datetime

from demo.load import ADMINISTRATOR
from programme.calendar import london

MONTH_PAGE = "/rounds/2017-10"
NEXT_DAY = ".venv/bin/flask -e .demo/.env demo next-day"

WHOM_TO_BE = (
    ("Niamh Gallogly", "an auditor with one record to read"),
    ("Odette Marchbanks", "the administrator, who runs the month"),
    ("Yewande Balogun-Reid", "a Team Manager with an urgent action"),
    ("Gethin Prosser", "a Head of Service"),
    ("Jomo Whitcombe", "an outsider, who sees nothing of it"),
)

THINGS_TO_TRY = (
    "As Niamh in chat: open the message from Auditloop, press Open the form, and send the audit back.",
    "As Odette: give out the six that wait, with /audit round in chat, and see them arrive.",
    "As Odette on the pages: {pages}" + MONTH_PAGE + " shows 20 of the 30 wanted, who has what, and what came back.",
    "As Yewande in chat: read why an action is urgent. As Jomo: try the same pages, and be turned away.",
    "Press Next working day on the pages, or run: " + NEXT_DAY,
)

WITHOUT_CHAT = (
    "As Niamh: {pages}/demo, choose her, and send her audit back.",
    "As Odette: {pages}" + MONTH_PAGE + " shows 20 of the 30 wanted, who has what, and what came back.",
    "Give out the six that wait: .venv/bin/flask -e .demo/.env round distribute 2017-10 --as {administrator}",
    "As Jomo: try the same pages, and be turned away.",
    "Press Next working day on the pages, or run: " + NEXT_DAY,
)


def welcome(now: datetime, pages: str, chat: str | None) -> str:
    """All of it as text for the terminal. `chat` is None where there is no chat workspace."""
    where = [("Chat", chat or "not here: the pages work without it"), ("Pages", f"{pages}/demo (choose who you are)")]
    tries = THINGS_TO_TRY if chat else WITHOUT_CHAT
    return "\n".join(
        [
            "",
            f"It is {london(now):%A %-d %B %Y, %H:%M}, in the London Borough of Fernleigh, which does not exist.",
            "",
            *_in_columns(where),
            "",
            "Whom to be",
            *_in_columns(WHOM_TO_BE),
            "",
            "Five things to try",
            *(
                f"  {number}. {each.format(pages=pages, administrator=ADMINISTRATOR)}"
                for number, each in enumerate(tries, start=1)
            ),
            "",
            "Ctrl-C stops all of it. Logs are in .demo/",
        ]
    )


def _in_columns(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"  {first:<21} {second}" for first, second in rows]
