"""Page and console come to one code; what came to nothing, or was replaced, makes none."""

import json
from itertools import count

import pytest

from rescue_console.desktop.media.base import BadDescription
from rescue_console.desktop.workspace.section.code_fields import (
    CodeFields,
    add_value,
    read_code_fields,
)
from rescue_console.desktop.workspace.section.page_codes import PageCodes
from rescue_console.protocol.security_code import VALUE_BYTES, commitment, security_code

SESSION = "01a220d77366e6e21502861c816ed635"
PAGE, OTHER, CONSOLE = b"\1" * VALUE_BYTES, b"\2" * VALUE_BYTES, b"\3" * VALUE_BYTES
VALUE = b"\4" * VALUE_BYTES


def commit(page: bytes = PAGE, value: bytes = VALUE, session: str = SESSION) -> str:
    return commitment(session, page, value).hex()


def ask(
    codes: PageCodes, page: bytes = PAGE, committed: str | None = None, agreed: str = ""
) -> str:
    """Return the console's value for an offer of *page*."""
    offered = CodeFields(page, commit() if committed is None else committed, agreed)
    return codes.value_for(SESSION, offered, CONSOLE)


@pytest.fixture
def codes() -> PageCodes:
    """Codes whose own values can be told apart."""
    numbers = count(1)
    return PageCodes(random=lambda size: next(numbers).to_bytes(size, "big"))


def test_the_code_is_made_once_the_page_has_revealed_its_value(codes: PageCodes) -> None:
    own = ask(codes)
    assert codes.code(PAGE) == ""
    codes.reveal(VALUE.hex())
    wanted = security_code(SESSION, PAGE, CONSOLE, VALUE, bytes.fromhex(own))
    assert codes.code(PAGE) == wanted
    assert codes.code(OTHER) == codes.code(b"") == ""


def test_the_same_certificates_have_another_code_each_time() -> None:
    """So that nothing can be computed in advance."""
    made = set()
    for _ in range(10):
        codes = PageCodes()
        ask(codes)
        codes.reveal(VALUE.hex())
        made.add(codes.code(PAGE))
    assert len(made) == 10


def test_both_connections_of_a_page_belong_to_one_exchange(codes: PageCodes) -> None:
    picture = ask(codes)
    files = ask(codes)
    assert picture == files != ""


def test_a_page_that_is_known_needs_no_value_and_keeps_its_code(codes: PageCodes) -> None:
    ask(codes)
    codes.reveal(VALUE.hex())
    code = codes.code(PAGE)
    assert ask(codes, PAGE, commit(value=OTHER), CONSOLE.hex()) == ""
    codes.reveal(OTHER.hex())
    assert codes.code(PAGE) == code


@pytest.mark.parametrize("agreed", [OTHER.hex(), "", "zz"])
def test_a_page_that_has_agreed_with_another_console_since_agrees_anew(
    codes: PageCodes, agreed: str
) -> None:
    first = ask(codes)
    codes.reveal(VALUE.hex())
    earlier = codes.code(PAGE)
    own = ask(codes, PAGE, commit(value=OTHER), agreed)
    assert own not in ("", first)
    assert codes.code(PAGE) == "", "the page no longer has this code"
    codes.reveal(OTHER.hex())
    wanted = security_code(SESSION, PAGE, CONSOLE, OTHER, bytes.fromhex(own))
    assert codes.code(PAGE) == wanted != earlier


def test_a_page_whose_value_never_came_agrees_anew(codes: PageCodes) -> None:
    """It believes that there is a code."""
    first = ask(codes)
    assert ask(codes, PAGE, commit(value=OTHER), CONSOLE.hex()) not in ("", first)
    codes.reveal(OTHER.hex())
    assert codes.code(PAGE) != ""


def test_an_offer_made_before_there_was_a_code_gets_the_value_of_that_code(
    codes: PageCodes,
) -> None:
    """The page offers both connections at once, and may have agreed before the second answer."""
    picture = ask(codes)
    codes.reveal(VALUE.hex())
    code = codes.code(PAGE)
    assert ask(codes) == picture
    codes.reveal(VALUE.hex())
    assert codes.code(PAGE) == code


@pytest.mark.parametrize(
    "committed",
    [commit(value=OTHER), commit(page=OTHER), commit(session="another")],
    ids=["another value", "another certificate", "another session"],
)
def test_a_value_that_the_page_did_not_commit_itself_to_makes_no_code(
    codes: PageCodes, committed: str
) -> None:
    ask(codes, PAGE, committed)
    codes.reveal(VALUE.hex())
    assert codes.code(PAGE) == ""


def test_only_the_newest_exchange_counts(codes: PageCodes) -> None:
    """Whoever sits in between could otherwise begin many, and go on with the one that fits."""
    first = ask(codes)
    other = ask(codes, OTHER, commit(page=OTHER))
    codes.reveal(VALUE.hex())
    assert codes.code(PAGE) == ""
    assert codes.code(OTHER) != ""
    assert ask(codes) not in ("", first, other)
    codes.reveal(VALUE.hex())
    assert codes.code(OTHER) == ""


def test_the_same_commitment_from_another_certificate_gets_another_value(codes: PageCodes) -> None:
    first = ask(codes)
    assert ask(codes, OTHER, commit()) != first


@pytest.mark.parametrize("committed", ["", "00", "zz" * VALUE_BYTES, "00" * 33])
def test_a_page_without_a_commitment_gets_no_value(codes: PageCodes, committed: str) -> None:
    assert ask(codes, PAGE, committed) == ""
    codes.reveal(VALUE.hex())
    assert codes.code(PAGE) == ""


@pytest.mark.parametrize("revealed", ["", "00", "zz" * VALUE_BYTES, "é", VALUE.hex() + "00"])
def test_what_is_no_value_is_ignored(codes: PageCodes, revealed: str) -> None:
    codes.reveal(revealed)
    ask(codes)
    codes.reveal(revealed)
    assert codes.code(PAGE) == ""


def offer(*lines: str, **more: str) -> str:
    sdp = "".join(f"{line}\r\n" for line in ("v=0", *lines))
    return json.dumps({"type": "offer", "sdp": sdp, **more})


def line(fingerprint: bytes, algorithm: str = "sha-256") -> str:
    return f"a=fingerprint:{algorithm} {fingerprint.hex(':').upper()}"


def test_an_offer_names_its_certificate_and_its_commitment() -> None:
    text = offer(line(PAGE), "m=video", line(PAGE).lower(), commit=commit())
    assert read_code_fields(text) == (PAGE, commit(), "")
    assert read_code_fields(offer(line(PAGE))) == (PAGE, "", "")
    assert read_code_fields(offer(line(PAGE), agreed=CONSOLE.hex())).agreed == CONSOLE.hex()


@pytest.mark.parametrize(
    "text",
    [
        offer(),
        offer(line(PAGE), line(OTHER)),
        offer(line(PAGE), line(bytes(64), "sha-512")),
        offer(line(bytes(20), "sha-1")),
        offer(" " + line(OTHER), line(PAGE)),
        offer(line(PAGE), line(PAGE) + " 00"),
        "v=0",
        "[]",
        '{"sdp": 1}',
    ],
)
def test_an_offer_without_exactly_one_certificate_is_refused(text: str) -> None:
    with pytest.raises(BadDescription):
        read_code_fields(text)


def test_an_answer_carries_the_value_besides_what_webrtc_wants() -> None:
    answer = '{"type":"answer","sdp":"v=0"}'
    assert json.loads(add_value(answer, "00")) == {"type": "answer", "sdp": "v=0", "value": "00"}
    assert add_value(answer, "") == answer
