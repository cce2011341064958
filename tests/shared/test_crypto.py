import hmac
import json
from base64 import b64encode
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as some

from shared.crypto import KeyRing
from tests.stack import FIELD_KEYS

RING = KeyRing.parse(FIELD_KEYS)
OLD = KeyRing.parse(json.dumps(json.loads(FIELD_KEYS) | {"current": "k0"}))
HERE = uuid4().bytes


@given(some.text())
def test_what_was_sealed_can_be_opened_with_either_algorithm(plain: str):
    assert RING.decrypt(RING.encrypt(plain, HERE), HERE) == plain
    assert RING.decrypt(OLD.encrypt(plain, HERE), HERE) == plain


def test_the_same_text_is_never_sealed_the_same_way_but_found_the_same_way():
    assert RING.encrypt("x", HERE) != RING.encrypt("x", HERE)
    assert RING.blind("x") == OLD.blind("x") != RING.blind("y")


@pytest.mark.parametrize("ring", [RING, OLD])
def test_a_sealed_text_belongs_to_its_record_and_to_the_letter(ring: KeyRing):
    sealed = ring.encrypt("110116202003150010", HERE)
    with pytest.raises(InvalidTag):
        RING.decrypt(sealed, uuid4().bytes)
    for place in range(3, len(sealed)):
        broken = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(InvalidTag):
            RING.decrypt(broken, HERE)


def test_old_ciphertexts_are_known_as_such():
    assert RING.is_current(RING.encrypt("x", HERE))
    assert not RING.is_current(OLD.encrypt("x", HERE))


def test_many_are_sealed_as_one_is_and_no_nonce_comes_twice():
    seal = RING.batch()
    sealed = [seal(b"110116202003150010", HERE) for _ in range(2500)]
    assert {RING.decrypt(each, HERE) for each in sealed} == {"110116202003150010"}
    assert len(set(sealed)) == len(sealed)


@pytest.mark.parametrize("key", [b"i" * 32, b"k" * 64, b"l" * 100])
def test_the_blind_index_is_an_hmac(key: bytes):
    ring = KeyRing.parse(json.dumps(json.loads(FIELD_KEYS) | {"index": b64encode(key).decode()}))
    assert ring.blind("1:110116202003150010") == hmac.digest(key, b"1:110116202003150010", "sha256")
