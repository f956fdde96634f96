"""Sending a message to one person by e-mail, through GOV.UK Notify, and saying what became of it.

Notify has one template, which passes through what it is given. Every e-mail carries its notice's key as its reference,
and where it is doubtful whether one went out, Notify is asked for that reference first.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from programme.notices import Answer, Letter, Notice, Reply
from programme.people import Person
from programme.sign_in import MAILED_LINK_LIFE
from scheduler.post.notify_says import WHAT_TO_DO, classified
from scheduler.post.plain import with_the_way_in
from storage import coming_in
from storage.office import Office

TIMEOUT_SECONDS = 5
CHANNEL = "email"


class Notify(Protocol):
    """What we ask of Notify's own client, which repeats nothing by itself."""

    def send_email_notification(
        self, email_address: str, template_id: str, *, personalisation: dict[str, str], reference: str
    ) -> Any: ...  # noqa: ANN401 - whatever came back as JSON
    def get_all_notifications(self, *, reference: str) -> Any: ...  # noqa: ANN401
    def get_template(self, template_id: str) -> Any: ...  # noqa: ANN401


def client(key: str, url: str) -> Notify:
    from notifications_python_client.notifications import NotificationsAPIClient  # noqa: PLC0415 - no page needs it

    return NotificationsAPIClient(key, base_url=url, timeout=TIMEOUT_SECONDS)  # type: ignore[no-untyped-call] # Notify's own


@dataclass(frozen=True)
class Email:
    office: Office
    notify: Notify
    template: str

    def send(self, notice: Notice, letter: Letter) -> Reply:
        """One try, never a repeat of what may have gone out. Without a stamp it is never drawn again: it cannot be."""
        try:
            if notice.doubtful and self._went_out(notice.posted_as):
                return Reply(Answer.OK, "found", CHANNEL)
        except _refusals() as error:
            return classified(error).before_it_was_sent()
        return self._post(notice, {"subject": letter.text, "body": with_the_way_in(letter, self._link(notice.person))})

    def state(self) -> str:
        """Empty when Notify knows us and our template; otherwise what is wrong and what to do."""
        try:
            found = self.notify.get_template(self.template)
        except _refusals() as error:
            reply = classified(error)
            return WHAT_TO_DO.get(reply.code, f"GOV.UK Notify did not answer as it should ({reply.code}).")
        wanted = {"((subject))": found.get("subject") or "", "((body))": found.get("body") or ""}
        return "" if all(name in said for name, said in wanted.items()) else WHAT_TO_DO["notify_template"]

    def _post(self, notice: Notice, words: dict[str, str]) -> Reply:
        address = notice.person.email
        try:
            sent = self.notify.send_email_notification(
                address, self.template, personalisation=words, reference=notice.posted_as
            )
        except _refusals() as error:
            return classified(error)
        is_notifys = isinstance(sent, dict) and "id" in sent
        return Reply(Answer.OK, "", CHANNEL) if is_notifys else Reply(Answer.AMBIGUOUS, "unreadable")

    def _went_out(self, key: str) -> bool:
        return bool(self.notify.get_all_notifications(reference=key)["notifications"])

    def _link(self, person: Person) -> str:
        """A new link for each try: only hashes are kept, and one from a try that failed leads nobody in."""
        with self.office.record.writing() as session:
            return coming_in.link_for(session, self.office, person, by_way_of="email", life=MAILED_LINK_LIFE)


def _refusals() -> type[Exception]:
    """All that Notify's client raises."""
    from notifications_python_client.errors import APIError  # noqa: PLC0415 - no page needs it

    return APIError
