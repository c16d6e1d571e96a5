"""A recovery code between being shown and being asked back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.clocks import FakeClocks
from tests.web.conftest import CHEAP
from thaw.units import InputError
from thaw.vault.keys import new_data_key
from thaw.vault.recovery import RecoveryCode
from thaw.web.ids import new_id
from thaw.web.people.offers import LIVES, Offer, Offers, accept, offer_code, offer_passphrase

NOW = FakeClocks().now
KEY = new_data_key()
WORDS = "seven quiet herons over the lake"


def an_offer() -> Offer:
    return offer_passphrase(new_id(), KEY, WORDS, NOW, CHEAP)


def refusal_of(offers: Offers, session: str, **changed: object) -> str:
    asked = {"key": KEY, "now": NOW} | changed
    with pytest.raises(InputError) as refused:
        offers.of(session, **asked)  # type: ignore[arg-type] # One of them is another each time.
    return refused.value.code


def test_a_first_passphrase_is_offered_with_a_key_of_the_next_version() -> None:
    offer = an_offer()
    assert offer.is_first
    assert offer.new.version == KEY.version + 1
    assert offer.new.secret != KEY.secret
    assert not offer_code(offer.person_id, KEY, NOW).is_first


def test_a_weak_passphrase_is_never_offered() -> None:
    with pytest.raises(InputError):
        offer_passphrase(new_id(), KEY, "password", NOW, CHEAP)


def test_an_offer_is_for_one_browser_one_key_and_an_hour() -> None:
    offers, offer = Offers(), an_offer()
    offers.put("a", offer)
    assert offers.of("a", KEY, NOW + LIVES - timedelta(seconds=1)) is offer
    assert refusal_of(offers, "b") == "recovery.no_offer"
    for changed in ({"key": new_data_key()}, {"key": None}, {"now": NOW + LIVES}):
        offers.put("a", offer)
        assert refusal_of(offers, "a", **changed) == "recovery.no_offer"
        assert refusal_of(offers, "a") == "recovery.no_offer"


def test_a_later_offer_takes_the_place_of_an_earlier_one() -> None:
    offers, offer = Offers(), an_offer()
    offers.put("a", replace(offer))
    offers.put("a", offer)
    assert offers.of("a", KEY, NOW) is offer
    offers.forget("a")
    offers.forget("a")
    assert refusal_of(offers, "a") == "recovery.no_offer"


def test_offers_of_long_ago_make_room() -> None:
    offers, offer = Offers(), an_offer()
    for number in range(65):
        offers.put(str(number), offer)
    assert refusal_of(offers, "0") == "recovery.no_offer"
    assert offers.of("64", KEY, NOW) is offer


def test_two_wrong_words_are_told_by_their_places_only(tmp_path: Path) -> None:
    offer = replace(an_offer(), code=RecoveryCode(bytes(range(16))))
    with pytest.raises(InputError) as refused:
        accept(offer, ("lamp", "lamp"), data=tmp_path)
    said = str(refused.value.args) + str(refused.value.fields)
    assert all(str(place) in said for place in offer.asked)
    assert "lamp" not in said
    assert not any(word in said for word in offer.code.words)


def test_an_offer_shows_nothing_of_what_is_in_it() -> None:
    offer = an_offer()
    told = repr(offer)
    for secret in (offer.new.secret, offer.old.secret, offer.code.secret, offer.wrap):
        assert repr(secret) not in told
