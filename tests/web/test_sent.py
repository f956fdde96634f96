"""What no keyboard types and no database keeps: it is left out where it arrives, and the rest is kept."""

import pytest

from storage.office import Office
from tests.cast import Cast
from tests.moderated import REF, returned
from tests.web.conftest import Browser


def test_a_nul_in_what_was_typed_is_left_out(office: Office, browser: Browser, cast: Cast) -> None:
    returned(office, cast, sets=())
    client, profile = browser(cast.auditor), f"/competency/{cast.auditor.reference}"
    answers = [
        client.post(f"/audits/{REF}/learnt", data={"worth": "yes", "words": "Ask\0 the school first."}),
        client.post(profile, data={"step": "training", "day": "2017-09-20", "words": "Plans\0 for families."}),
        client.post(profile, data={"step": "answer", "answer": "The two\0 in July were mine."}),
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    shown = client.get(profile).text
    for kept in ("Ask the school first.", "Plans for families.", "The two in July were mine."):
        assert kept in shown


ADDRESSES = ["/actions?owner=\0&state=\0&age=\0", "/history?about=\0&who=\0", "/outbox?about=\0", "/swaps?month=\0"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_nul_in_an_address_is_left_out(browser: Browser, cast: Cast, address: str) -> None:
    assert browser(cast.administrator).get(address.replace("\0", "%00")).status_code == 200
