"""The twins for trying out without Slack or GOV.UK Notify: a message is printed, and counts as sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from programme.accounts import Account
from programme.homes import Home
from programme.notices import Answer, Letter, Notice, Reply, one_after_another
from scheduler.post.homes import View
from scheduler.post.postman import Render
from storage.session import Session


@dataclass(frozen=True)
class Console:
    render: Render

    def together(self, letters: Sequence[Letter]) -> Letter:
        return one_after_another(letters)

    def send(self, notice: Notice, letter: Letter) -> Reply:
        """Print whom the message is for and what a lock screen would show of it."""
        print(f"[{notice.kind}] to {notice.person.email} about {notice.about}: {letter.text}")  # noqa: T201 - its work
        return Reply(Answer.OK, channel="console", stamp=notice.key[:40])

    def redraw(self, notice: Notice, letter: Letter) -> Reply:
        """What was printed stays as it is; print what it would say by now."""
        print(f"[{notice.kind}, drawn again] to {notice.person.email} about {notice.about}: {letter.text}")  # noqa: T201
        return Reply(Answer.OK)

    def probe(self) -> Reply:
        return Reply(Answer.OK)

    def find_account(self, email: str) -> Account:  # noqa: ARG002 - nobody has one here
        return Account()

    def look_up(self, account: str) -> Account:  # noqa: ARG002
        return Account()

    def draw_home(self, session: Session, account: str) -> View:  # noqa: ARG002 - there is none to be opened
        return {}

    def publish_home(self, home: Home, view: View) -> Reply:  # noqa: ARG002
        return Reply(Answer.OK)


@dataclass(frozen=True)
class PrintedMail:
    """What would go to Notify, printed whole with its link: the demo runs on one's own machine only."""

    def send_email_notification(
        self,
        email_address: str,
        template_id: str,  # noqa: ARG002 - there is none
        *,
        personalisation: dict[str, str],
        reference: str,
    ) -> dict[str, str]:
        print(f"[e-mail] to {email_address}: {personalisation['subject']}\n\n{personalisation['body']}\n")  # noqa: T201
        return {"id": reference}

    def get_all_notifications(self, *, reference: str) -> dict[str, list[Any]]:  # noqa: ARG002
        return {"notifications": []}

    def get_template(self, template_id: str) -> dict[str, str]:  # noqa: ARG002
        return {"subject": "((subject))", "body": "((body))"}
