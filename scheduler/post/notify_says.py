"""Every refusal and every fault of GOV.UK Notify as one of the six answers.

Its codes are few and its sentences many, so a sentence is known by words in it; one that nobody foresaw is a bug,
never silence. What a code means to whoever runs the month says `programme/post_words.py`; to whoever looks after the
installation, `WHAT_TO_DO`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from programme.notices import Answer, Reply

INTERNAL_SERVER_ERROR = 500
NEVER_LEFT = {"ConnectTimeout", "NewConnectionError", "NameResolutionError", "SSLCertVerificationError"}
"""No connection was made, so Notify has heard nothing. By name: the libraries they are of are loaded late."""

A_MINUTE, AN_HOUR = 60.0, 3600.0


@dataclass(frozen=True)
class Told:
    """What Notify answers with this status and these words in its sentence."""

    status: int
    words: str
    answer: Answer
    code: str
    wait: float | None = None


TELLS = (
    Told(400, "email_address", Answer.PERSON, "bad_address"),
    Told(400, "team-only", Answer.APP, "notify_team_only"),
    Told(400, "trial mode", Answer.APP, "notify_trial"),
    Told(400, "template", Answer.APP, "notify_template"),
    Told(400, "personalisation", Answer.APP, "notify_template"),
    Told(400, "not allowed to send", Answer.APP, "notify_may_not"),
    Told(401, "", Answer.APP, "notify_key"),
    Told(403, "clock", Answer.APP, "notify_clock"),
    Told(403, "", Answer.APP, "notify_key"),
    Told(404, "", Answer.APP, "notify_template"),
    Told(429, "send limit", Answer.RETRY, "notify_limit_of_the_day", AN_HOUR),
    Told(429, "", Answer.RETRY, "notify_ratelimited", A_MINUTE),
)
"""The first that fits counts."""

WHAT_TO_DO = {
    "notify_team_only": "NOTIFY_API_KEY may write to your own team only. Make a live key in GOV.UK Notify.",
    "notify_trial": "The service is in trial mode in GOV.UK Notify. Ask there to go live.",
    "notify_template": "NOTIFY_TEMPLATE_ID must name an e-mail template of subject ((subject)) and message ((body)).",
    "notify_may_not": "The service may not send e-mail. Switch it on in the settings of GOV.UK Notify.",
    "notify_key": "GOV.UK Notify refuses the key. Make a new one there and put it in NOTIFY_API_KEY.",
    "notify_clock": "This machine's clock is wrong, and GOV.UK Notify takes half a minute at most. Set it right.",
    "notify_ratelimited": "GOV.UK Notify asks us to wait: too much was sent at once.",
    "notify_not_reached": "GOV.UK Notify cannot be reached from here. E-mails wait until it can.",
}


def classified(refusal: Exception) -> Reply:
    """What Notify's client raises: an answer that it did not like, or what came before there was any."""
    response = getattr(refusal, "response", None)
    if response is not None:
        return _refused(response)
    cause = refusal.__cause__
    never_left = any(type(each).__name__ in NEVER_LEFT for each in _reasons(cause))
    return Reply(Answer.RETRY, "notify_not_reached") if never_left else Reply(Answer.AMBIGUOUS, type(cause).__name__)


def _refused(response: Any) -> Reply:  # noqa: ANN401 - of the library for requests
    status, said = response.status_code, _said(response)
    if status >= INTERNAL_SERVER_ERROR or (said is None and status not in {401, 429}):
        # Its own trouble, or a gateway's page: what stands behind it may have done its work.
        return Reply(Answer.AMBIGUOUS, f"http_{status}")
    told = next((each for each in TELLS if each.status == status and each.words in (said or "")), None)
    return Reply(told.answer, told.code, wait=told.wait) if told else Reply(Answer.BUG, f"notify_{status}")


def _said(response: Any) -> str | None:  # noqa: ANN401
    """Notify's own sentences, in small letters; None where it was not Notify that spoke."""
    try:
        errors = response.json()["errors"]
        return " ".join(f"{each['error']}: {each['message']}" for each in errors).lower()
    except (ValueError, KeyError, TypeError):
        return None


def _reasons(cause: object) -> Iterator[object]:
    """What lies behind a fault, as the library for requests wraps it: each is the reason or first argument of one."""
    while isinstance(cause, BaseException):
        yield cause
        cause = getattr(cause, "reason", None) or next(iter(cause.args), None)
