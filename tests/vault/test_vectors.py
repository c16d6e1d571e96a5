"""Published vectors, through the very calls that the vault makes."""

import hashlib

import pytest
from argon2.low_level import Type, core, ffi
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st

from thaw.vault.keys import hkdf
from thaw.vault.recovery import RecoveryCode, parse, word_list
from thaw.vault.seal import gcm_opened, gcm_sealed
from thaw.vault.stretch import Cost, argon2id

_KEY = "feffe9928665731c6d6a8f9467308308" * 2
_PLAIN = (
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255"
)
_CIPHER = (
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
)

# McGrew and Viega, The Galois/Counter Mode of Operation, appendix B: test cases 13 to 16, those
# of AES-256 with a nonce of 96 bits. Key, nonce, plaintext, associated data, ciphertext, tag.
GCM = {
    "13": ("00" * 32, "00" * 12, "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
    "14": (
        "00" * 32,
        "00" * 12,
        "00" * 16,
        "",
        "cea7403d4d606b6e074ec5d3baf39d18",
        "d0d1c8a799996bf0265b98b5d48ab919",
    ),
    "15": (
        _KEY,
        "cafebabefacedbaddecaf888",
        _PLAIN,
        "",
        _CIPHER,
        "b094dac5d93471bdec1a502270e3cc6c",
    ),
    "16": (
        _KEY,
        "cafebabefacedbaddecaf888",
        _PLAIN[:120],
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        _CIPHER[:120],
        "76fc6ece0f4e1768cddf8853bb2d551b",
    ),
}

_OKM_2 = (
    "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
    "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
    "cc30c58179ec3e87c14c01d5c1f3434f1d87"
)

# RFC 5869, appendix A.1 to A.3, those of SHA-256. Secret, salt, info, output.
HKDF = {
    "A.1": (
        bytes([0x0B] * 22),
        bytes(range(13)),
        bytes(range(0xF0, 0xFA)),
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    ),
    "A.2": (
        bytes(range(0x50)),
        bytes(range(0x60, 0xB0)),
        bytes(range(0xB0, 0x100)),
        _OKM_2,
    ),
    "A.3": (
        bytes([0x0B] * 22),
        b"",
        b"",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    ),
}

# The test programme of the reference implementation (P-H-C/phc-winner-argon2, src/test.c),
# Argon2id, version 1.3. The password is "password".
# Passes, memory as a power of two of KiB, lanes, salt: output.
ARGON2 = {
    (2, 16, 1, "somesalt"): "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
    (2, 8, 1, "somesalt"): "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
    (2, 8, 2, "somesalt"): "6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037",
    (1, 16, 1, "somesalt"): "f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98",
    (2, 16, 1, "diffsalt"): "bdf32b05ccc42eb15d58fd19b1f856b113da1e9a5874fdcc544308565aa8141c",
}

# BIP-39's own vectors of 128 bits (trezor/python-mnemonic, vectors.json).
BIP39 = {
    "00" * 16: "abandon " * 11 + "about",
    "7f" * 16: "legal winner thank year wave sausage worth useful legal winner thank yellow",
    "80" * 16: "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
    "ff" * 16: "zoo " * 11 + "wrong",
    "7dce4ed2284c9134d026608ab684c05c": "lava include region explain simple omit dog slot melt "
    "reflect copy reward",
    "5baf069620eff15c71dd97c9a6ee328f": "forum join pitch dove yellow purchase shuffle real "
    "situate danger million bunker",
    "63deb1e7f0c3de56f4ab43c9d2ae6c86": "glow void ketchup thunder digital clock sport half six "
    "nice open artefact",
    "00641669f095b433a304ed0f953f28eb": "about camera omit thrive forget border metal oval auto "
    "prepare sketch stomach",
}


@pytest.mark.parametrize("case", GCM)
def test_aes_256_gcm_seals_and_opens_as_published(case: str) -> None:
    key, nonce, plain, bound, cipher, tag = map(bytes.fromhex, GCM[case])
    sealed = gcm_sealed(AESGCM(key), nonce, plain, bound)
    assert sealed == cipher + tag
    assert gcm_opened(AESGCM(key), nonce, sealed, bound) == plain


@pytest.mark.parametrize("case", HKDF)
def test_hkdf_derives_as_published(case: str) -> None:
    secret, salt, info, okm = HKDF[case]
    wanted = bytes.fromhex(okm)
    assert hkdf(secret, salt=salt, info=info, length=len(wanted)) == wanted


@pytest.mark.parametrize("case", ARGON2)
def test_argon2id_stretches_as_published(case: tuple[int, int, int, str]) -> None:
    passes, power, lanes, salt = case
    cost = Cost(1 << power, passes, lanes)
    assert argon2id(b"password", salt.encode(), cost).hex() == ARGON2[case]


# RFC 9106, section 5.3, uses a secret and associated data, for which the vault has no use and
# its call no place. So the vector runs one call below, in the same library, and through an
# implementation of other origin; and the vault's call must agree with that one everywhere.
RFC_9106 = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_the_library_of_argon2_passes_rfc_9106() -> None:
    parts = {"out": 32, "pwd": [1] * 32, "salt": [2] * 16, "secret": [3] * 8, "ad": [4] * 12}
    held = {name: ffi.new("uint8_t[]", value) for name, value in parts.items()}
    context = ffi.new("argon2_context *", {"version": 19, "t_cost": 3, "m_cost": 32, "lanes": 4})
    context.threads = 4
    for name, buffer in held.items():
        setattr(context, name, buffer)
        setattr(context, f"{name}len", len(buffer))
    assert core(context, Type.ID.value) == 0
    assert bytes(held["out"]).hex() == RFC_9106


def test_another_argon2_passes_rfc_9106() -> None:
    secret, ad = bytes([3] * 8), bytes([4] * 12)
    other = Argon2id(
        salt=bytes([2] * 16), length=32, iterations=3, lanes=4, memory_cost=32, ad=ad, secret=secret
    )
    assert other.derive(bytes([1] * 32)).hex() == RFC_9106


@given(
    secret=st.binary(min_size=1, max_size=80),
    salt=st.binary(min_size=16, max_size=16),
    cost=st.tuples(st.integers(32, 256), st.integers(1, 4), st.integers(1, 4)),
)
def test_the_vaults_argon2_agrees_with_the_other(
    secret: bytes, salt: bytes, cost: tuple[int, int, int]
) -> None:
    memory_kib, passes, lanes = cost
    other = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory_kib)
    assert argon2id(secret, salt, Cost(memory_kib, passes, lanes)) == other.derive(secret)


@pytest.mark.parametrize("bits", BIP39)
def test_a_recovery_code_is_written_and_read_as_published(bits: str) -> None:
    code = RecoveryCode(bytes.fromhex(bits))
    assert " ".join(code.words) == BIP39[bits]
    assert parse(BIP39[bits]) == code


def test_the_word_list_is_the_published_one() -> None:
    text = "".join(f"{word}\n" for word in word_list())
    published = "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
    assert hashlib.sha256(text.encode()).hexdigest() == published
