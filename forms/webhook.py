"""The signed webhook: what the script in a Google Form sends, by the Standard Webhooks scheme.

First its size, then its signature over the very bytes, and only then is anything in it read. It is kept in one
transaction and settled in the next; what a process that dies leaves in between is taken up again by the worker.
"""

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from flask.views import MethodView

from forms import google, intake, signing
from forms.arrived import Arrived
from forms.google import Known
from forms.guard import LARGEST, Malformed, ResponseSent, response_in
from forms.limits import Limit
from programme.collection import Delivery
from storage import find
from storage.office import Office
from storage.session import Conflict

BAD_A_MINUTE = 30
"""Unsigned or malformed requests from one address."""
A_MINUTE = 600
"""Signed ones: a sweep that catches up on a month sends a few a second."""
TRIES = 3


@dataclass(frozen=True)
class Webhook(MethodView):
    office: Office
    secrets: Sequence[str]
    bad: Limit
    good: Limit

    init_every_request = False

    def post(self) -> ResponseReturnValue:
        address = request.remote_addr or ""
        body = _body()
        if body is None:
            return _refused(413, f"The body is larger than {LARGEST // 1024} KiB.")
        if not self._is_signed(body):
            return self._too_many(address) or _refused(401, "The signature is not right.")
        if self.good.is_over(address):
            return _refused(429, "Too many at once. Send the rest later.")
        try:
            return self._take_in(body, response_in(_as_json(body)))
        except Malformed as malformed:
            return self._too_many(address) or _refused(400, malformed.sentence)

    def _is_signed(self, body: bytes) -> bool:
        said = request.headers
        return signing.verified(
            self.secrets,
            said.get("webhook-id", ""),
            said.get("webhook-timestamp", ""),
            body,
            said.get("webhook-signature", ""),
            now=self.office.real_now(),
        )

    def _too_many(self, address: str) -> ResponseReturnValue | None:
        return _refused(429, "Too many bad requests. Wait a minute.") if self.bad.is_over(address) else None

    def _take_in(self, body: bytes, sent: ResponseSent) -> ResponseReturnValue:
        webhook_id, digest = request.headers["webhook-id"], hashlib.sha256(body).hexdigest()
        for _ in range(TRIES):
            try:
                return self._keep(webhook_id, digest, body, sent)
            except Conflict:
                continue  # the same delivery came twice at once: by now the other is on record
        return _refused(503, "It could not be kept just now. Send it again.")

    def _keep(self, webhook_id: str, digest: str, body: bytes, sent: ResponseSent) -> ResponseReturnValue:
        with self.office.record.writing() as session:
            before = find.submissions.delivery(session, webhook_id)
            if before is not None and before.digest != digest:
                return _refused(409, "This webhook-id came before with another body.")
            if before is not None:
                return _had(before.submission.ref)
            known = Known.of(find.tools.every(session))
            submission, new = intake.keep_of_google(session, self.office, arrived_in(sent, body, known))
            session.add(Delivery(webhook_id, digest, self.office.now(session), submission))
            ref = submission.ref
        if new:
            intake.take_up(self.office, ref)
        return (jsonify(reference=ref), 202) if new else _had(ref)


def arrived_in(sent: ResponseSent, body: bytes, known: Known) -> Arrived:
    response = google.read(((each.item, each.title, each.value) for each in sent.answers), known)
    return Arrived(
        google.SOURCE,
        sent.response_id,
        response.fields,
        respondent=sent.respondent,
        submitted_at=google.at_the_second(sent.sent_at),
        received=body.decode(),
        unsure=response.unsure,
    )


def _body() -> bytes | None:
    """The raw bytes, read no further than may be taken; None if there are more, whatever length was announced."""
    if (request.content_length or 0) > LARGEST:
        return None
    body = request.stream.read(LARGEST + 1)
    return None if len(body) > LARGEST else body


def _as_json(body: bytes) -> bytes:
    if request.mimetype != "application/json":
        raise Malformed("The Content-Type must be application/json.")
    return body


def _had(ref: str) -> ResponseReturnValue:
    return jsonify(reference=ref), 200


def _refused(status: int, sentence: str) -> ResponseReturnValue:
    answer = Response(json.dumps({"error": sentence}), status, mimetype="application/json")
    if status == 429:  # noqa: PLR2004 - the status says what it is
        answer.headers["Retry-After"] = "60"
    return answer


def routes(office: Office, secrets: Sequence[str]) -> Blueprint:
    blueprint = Blueprint("webhook", __name__)
    limit = partial(Limit, clock=time.monotonic)
    view = Webhook.as_view("returns", office, secrets, limit(BAD_A_MINUTE), limit(A_MINUTE))
    blueprint.add_url_rule("/forms/returns", view_func=view)
    return blueprint
