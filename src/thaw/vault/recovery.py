"""The recovery code: twelve words on paper that open what a forgotten passphrase would keep shut.

128 random bits and a checksum of four, written as words of the English list of BIP-39. That
many bits cannot be guessed, so a code needs no slow step.
"""

import os
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from hmac import compare_digest
from typing import NoReturn

from mnemonic import Mnemonic

from thaw.units import InputError

WORDS = 12

_CODE_BYTES = 16
_LONGEST = 2000
# A code is met when things are hard; it should not call anyone these, nor put them in mind.
_UNKIND_WORDS = """
abandon abuse accuse addict alone anger angry attack blame bleak blood bomb bullet burden cage
cliff crazy cruel cry damage danger destroy disease dumb enemy evil fat fatal fault fragile
grief guilt gun horror hurt ill injury insane knife lonely mad nasty orphan panic pill pistol
prison punch razor regret reject rifle sad scare shoot sick skull suffer tragic trap ugly
unhappy useless vicious weapon whip worry
"""
_UNKIND = frozenset(_UNKIND_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class RecoveryCode:
    """128 bits that open a wrap; shown once, as words, and kept by the person alone.

    Attributes:
        secret: 16 random bytes.
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != _CODE_BYTES:
            raise ValueError("A recovery code has 16 bytes.")

    def __reduce__(self) -> NoReturn:
        raise TypeError("A recovery code is not to be pickled; seal it (thaw.vault.seal).")

    @property
    def words(self) -> tuple[str, ...]:
        """The twelve words, in their order."""
        return tuple(_bip39().to_mnemonic(self.secret).split())

    def confirms(self, positions: Sequence[int], words: Sequence[str]) -> bool:
        """Return whether ``words`` are those at ``positions``, as ``ask`` chose them.

        The positions are those that were asked and kept, never what comes back with the
        words.
        """
        right = " ".join(self.words[position - 1] for position in positions)
        typed = " ".join(" ".join(_words_in(word)) for word in words)
        return compare_digest(typed.encode(), right.encode())


def word_list() -> tuple[str, ...]:
    """Return the 2048 words that codes are made from, in order."""
    return tuple(_bip39().wordlist)


def new_code() -> RecoveryCode:
    """Return a code that nobody has seen before.

    One with an unkind word is drawn again. Such words are one in thirty, so a code has half a
    bit less than 128.
    """
    while not _UNKIND.isdisjoint((code := RecoveryCode(os.urandom(_CODE_BYTES))).words):
        pass
    return code


def ask() -> tuple[int, int]:
    """Return two places to ask back, counted from 1, so that the paper is known to be there."""
    first, second = sorted(secrets.SystemRandom().sample(range(1, WORDS + 1), 2))
    return first, second


def parse(text: str) -> RecoveryCode:
    """Return the code that was typed.

    Capitals, spaces, lines, commas and the numbers printed before the words do not matter.

    Raises:
        InputError: There are not twelve words, one is not on the list (its place is told, it
            itself is not), or they do not belong together.
    """
    words = _words_in(text[:_LONGEST])
    if len(words) != WORDS:
        raise InputError(
            "vault.code_words",
            f"A recovery code has {WORDS} words, and this has {len(words)}. Type all of them.",
            {"words": len(words)},
        )
    known = frozenset(word_list())
    for place, word in enumerate(words, 1):
        if word not in known:
            raise InputError(
                "vault.code_word_unknown",
                f"Word {place} is not on the list that codes are made from. Look at it again.",
                {"place": place},
            )
    entropy = _entropy_of(words)
    if entropy is None:
        raise InputError(
            "vault.code_checksum",
            "These words do not belong together. One is not the printed one, or two have "
            "changed places.",
        )
    return RecoveryCode(entropy)


def _entropy_of(words: list[str]) -> bytes | None:
    """Return the 128 bits of words that are all on the list, or None if the checksum fails."""
    return bytes(_bip39().to_entropy(words)) if _bip39().check(" ".join(words)) else None


def _words_in(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


@cache
def _bip39() -> Mnemonic:
    return Mnemonic("english")
