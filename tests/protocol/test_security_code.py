"""The security code: the same in every program, and of everything that must go into it."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from rescue_console.protocol.security_code import VALUE_BYTES, commitment, security_code

VECTORS: list[dict[str, str]] = json.loads(
    Path(__file__).with_name("security_code.json").read_text(encoding="utf-8")
)
"""Also checked by the page's scripts, in tests/web/scripts/code.test.js."""

PARTS = ("customer", "console", "customer_value", "console_value")


def parts(vector: dict[str, str]) -> dict[str, Any]:
    return {name: bytes.fromhex(vector[name]) for name in PARTS}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["code"])
def test_the_code_and_the_commitment_are_as_described(vector: dict[str, str]) -> None:
    given = parts(vector)
    assert security_code(vector["session"], **given) == vector["code"]
    made = commitment(vector["session"], given["customer"], given["customer_value"])
    assert made.hex() == vector["commitment"]


def test_the_description_is_enough_to_make_the_code() -> None:
    """As docs/security-code.md says it, word for word."""
    vector = VECTORS[1]
    session = hashlib.sha256(vector["session"].encode()).digest()
    given = parts(vector)
    whole = b"rescue-console security code 2" + session + b"".join(given[name] for name in PARTS)
    number = int.from_bytes(hashlib.sha256(whole).digest()[:8], "big") % 10**12
    assert f"{number:012}" == vector["code"].replace(" ", "")


@pytest.mark.parametrize("changed", ["session", *PARTS])
def test_everything_goes_into_the_code(changed: str) -> None:
    vector = VECTORS[1]
    given: dict[str, Any] = parts(vector) | {"session_id": vector["session"]}
    if changed == "session":
        given["session_id"] += "x"
    else:
        given[changed] = bytes([given[changed][0] ^ 1]) + given[changed][1:]
    assert security_code(**given) != vector["code"]


def test_a_commitment_is_for_one_session_one_key_and_one_value() -> None:
    one, other = bytes(VALUE_BYTES), bytes(VALUE_BYTES - 1) + b"\1"
    made = {
        commitment("s", one, one),
        commitment("t", one, one),
        commitment("s", other, one),
        commitment("s", one, other),
    }
    assert len(made) == 4


@pytest.mark.parametrize("length", [0, VALUE_BYTES - 1, VALUE_BYTES + 1])
def test_parts_of_another_length_are_refused(length: int) -> None:
    """Else two different sets of parts could be the same bytes."""
    with pytest.raises(ValueError, match="32 bytes"):
        commitment("s", bytes(length), bytes(VALUE_BYTES))
