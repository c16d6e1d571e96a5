"""A passphrase costs what it should, and is the same on every keyboard."""

import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given

from tests.vault.samples import QUICK, passphrases
from thaw.units import InputError, LimitError, OutsideError
from thaw.vault.slots import Slots
from thaw.vault.stretch import Cost, argon2id, settled, stretch

SALT = bytes(range(16))


def test_the_costs_are_those_that_were_measured() -> None:
    own, host = Cost.OWN, Cost.HOST
    assert (own.memory_kib, own.passes, own.lanes) == (256 * 1024, 3, 2)
    assert (host.memory_kib, host.passes, host.lanes) == (64 * 1024, 3, 1)


@given(passphrase=passphrases)
def test_a_passphrase_stretches_to_the_same_secret_each_time(passphrase: str) -> None:
    secret = stretch(passphrase, SALT, QUICK)
    assert secret == argon2id(settled(passphrase), SALT, QUICK)
    assert len(secret) == 32
    assert secret != stretch(passphrase, bytes(16), QUICK)


@given(passphrase=passphrases)
def test_however_it_was_composed_it_is_the_same_passphrase(passphrase: str) -> None:
    typed = {unicodedata.normalize(form, passphrase) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert len({settled(each) for each in typed}) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gru\u0308n wie Gras", "gr\u00fcn wie Gras"),
        ("\uff54\uff48\uff41\uff57", "thaw"),
        ("two\u00a0words", "two words"),
        ("  a phone adds space ", "a phone adds space"),
        ("pasted with its line\r\n", "pasted with its line"),
    ],
)
def test_what_keyboards_do_differently_does_not_matter(typed: str, meant: str) -> None:
    assert settled(typed) == meant.encode()


@pytest.mark.parametrize("other", ["Two words", "two  words", "two words.", "twowords"])
def test_capitals_and_inner_spaces_matter(other: str) -> None:
    assert settled(other) != settled("two words")


@pytest.mark.parametrize(
    ("passphrase", "code"),
    [
        ("", "vault.passphrase_empty"),
        (" \t\u2003", "vault.passphrase_empty"),
        ("a" * 1001, "vault.passphrase_too_long"),
        ("half a \ud83d face", "vault.passphrase_unreadable"),
        (chr(0xD800), "vault.passphrase_unreadable"),
        (chr(0xDFFF), "vault.passphrase_unreadable"),
    ],
)
def test_what_cannot_be_a_passphrase_is_told(passphrase: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        stretch(passphrase, SALT, QUICK)
    assert caught.value.code == code
    assert caught.value.message[-1] == "."
    assert caught.value.fields == ({"most": 1000} if code.endswith("long") else {})


def test_the_longest_passphrase_and_null_bytes_are_fine() -> None:
    assert len(settled("\ufdfa" * 1000)) == 33_000
    assert stretch("a\0b", SALT, QUICK) != stretch("a", SALT, QUICK)


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"),
    [(7, 1, 1), (8, 0, 1), (8, 1, 0), (15, 1, 2), (2**20 + 1, 1, 1), (8, 17, 1), (99, 1, 9)],
)
def test_a_cost_beyond_all_sense_cannot_be_written_down(
    memory_kib: int, passes: int, lanes: int
) -> None:
    with pytest.raises(ValueError, match="Argon2 takes"):
        Cost(memory_kib, passes, lanes)


def test_the_most_that_a_cost_may_be_can_be_written_down() -> None:
    assert Cost(1 << 20, 16, 8).memory_kib == 1024 * 1024


@pytest.mark.parametrize(
    ("cost", "weaker"),
    [
        (Cost.OWN, False),
        (Cost(256 << 10, 3, 8), False),
        (Cost(1 << 20, 16, 1), False),
        (Cost((256 << 10) - 1, 16, 2), True),
        (Cost(1 << 20, 2, 2), True),
        (Cost.HOST, True),
    ],
)
def test_less_memory_or_fewer_passes_are_weaker(cost: Cost, *, weaker: bool) -> None:
    assert cost.is_weaker_than(Cost.OWN) is weaker


def test_one_for_oneself_takes_every_place() -> None:
    slots = Slots(2, waiting=0)
    with slots.take(1):
        assert stretch("a host has two", SALT, Cost.HOST, slots=slots)
        with pytest.raises(LimitError):
            stretch("one at a time", SALT, Cost.OWN, slots=slots)
    with slots.take(2), pytest.raises(LimitError):
        stretch("both are taken", SALT, Cost.HOST, slots=slots)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited in Linux's way")
def test_too_little_memory_is_told_and_may_pass() -> None:
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limits = resource.getrlimit(resource.RLIMIT_AS)
    little = pages * resource.getpagesize() + (32 << 20)
    resource.setrlimit(resource.RLIMIT_AS, (little, limits[1]))
    try:
        with pytest.raises(OutsideError) as caught:
            stretch("no room for this", SALT, Cost.OWN)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limits)
    assert caught.value.code == "vault.no_memory"
    assert caught.value.message.endswith("try again.")
    assert caught.value.retryable
