"""A link that works once, for ten minutes, and the visit it begins."""

from datetime import timedelta

import pytest

from programme.refusals import Refusal
from programme.sign_in import LONGEST_VISIT, SPENT, SignInLink, Visit, hashed
from tests.cast import NOW
from tests.programme.builders import person

ASHA = person("Asha")
SECOND = timedelta(seconds=1)


def test_only_the_hash_of_a_secret_is_kept() -> None:
    link, secret = SignInLink.make(ASHA, leads_to="/returns/abc", at=NOW)
    assert (link.token_hash, link.leads_to) == (hashed(secret), "/returns/abc")
    assert secret not in repr(link)
    assert len(secret) >= 43  # 256 bits


def test_no_two_secrets_are_alike() -> None:
    assert len({SignInLink.make(ASHA, leads_to="/", at=NOW)[1] for _ in range(200)}) == 200


def test_a_link_works_once() -> None:
    link, _ = SignInLink.make(ASHA, leads_to="/", at=NOW)
    visit, secret = link.consume(at=NOW + SECOND)
    assert (visit.person, visit.began_at, visit.token_hash) == (ASHA, NOW + SECOND, hashed(secret))
    with pytest.raises(Refusal) as refused:
        link.consume(at=NOW + 2 * SECOND)
    assert (refused.value.sentence, link.used_at) == (SPENT, NOW + SECOND)


def test_looking_at_a_link_does_not_use_it() -> None:
    link, _ = SignInLink.make(ASHA, leads_to="/", at=NOW)
    for _ in range(50):
        link.must_be_fresh(at=NOW)
    assert link.used_at is None


@pytest.mark.parametrize(("after", "works"), [(timedelta(minutes=10), True), (timedelta(minutes=10, seconds=1), False)])
def test_a_link_lives_ten_minutes(after: timedelta, works: bool) -> None:
    link, _ = SignInLink.make(ASHA, leads_to="/", at=NOW)
    if works:
        assert link.consume(at=NOW + after)[0].person is ASHA
        return
    with pytest.raises(Refusal) as refused:
        link.consume(at=NOW + after)
    assert refused.value.sentence == SPENT


def test_a_visit_is_good_until_it_ends_or_has_been_too_long() -> None:
    visit, _ = Visit.begin(ASHA, at=NOW)
    assert [visit.is_good(at=NOW + each) for each in (SECOND, LONGEST_VISIT, LONGEST_VISIT + SECOND)] == [
        True,
        True,
        False,
    ]
    visit.end(at=NOW + SECOND)
    assert not visit.is_good(at=NOW + SECOND)
