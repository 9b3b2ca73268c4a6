"""Domain names by IDNA 2008: what is another domain stays another one, whoever sends or asks."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rescue_console
from rescue_console.protocol.domain_names import (
    DomainRefused,
    ascii_domain,
    fold_address,
    shown_domain,
)

ROOT = Path(rescue_console.__file__).parent
NAMES = [
    ("straße.example", "xn--strae-oqa.example"),
    ("STRASSE.example", "strasse.example"),
    ("STRAẞE.example", "xn--strae-oqa.example"),
    ("faß。example", "xn--fa-hia.example"),
    ("φίλος.example", "xn--kxaymmq.example"),
    ("ΦΊΛΟΣ.example", "xn--kxaymql.example"),
    ("fußball-köln.example", "xn--fuball-kln-63a6z.example"),
    ("نامه\u200cای.example", "xn--mgba3gch31f060k.example"),
    ("ශ්\u200dරී.example", "xn--10cl1a0b660p.example"),
    ("ﬁrma.example", "firma.example"),
    ("ＨＥＬＰ．example", "help.example"),
    ("bu\u0308cher.example", "xn--bcher-kva.example"),
    ("exa\u00admple.org", "example.org"),
    ("xn--strae-oqa.de", "xn--strae-oqa.de"),
    ("XN--STRAE-OQA.de", "xn--strae-oqa.de"),
    ("r3---sn.straße.example", "r3---sn.xn--strae-oqa.example"),
    ("rescue_server", "rescue_server"),
    ("192.0.2.1", "192.0.2.1"),
]


@pytest.mark.parametrize(("typed", "sent"), NAMES, ids=[ascii(typed) for typed, _ in NAMES])
def test_a_name_is_that_of_today_s_standard(typed: str, sent: str) -> None:
    assert ascii_domain(typed) == sent
    assert ascii_domain(shown_domain(typed)) == sent


@pytest.mark.parametrize(
    "typed",
    [
        "",
        ".",
        "a..example",
        "-a.example",
        "a-.example",
        f"{'a' * 64}.example",
        f"{'ß' * 60}.example",
        "a" + ".example" * 40,
        "b\u00fc\u200ccher.example",  # a joiner where no script has one
        "ba\u0338d／path.example",
        "ex\u202eample.org",
        "❤.example",
        "a b.example",
        "a@b.example",
        "xn--\u00fc.example",
        "\u0627b.example",  # both directions in one label
        "ü" * 100_000,
    ],
    ids=lambda typed: ascii(typed[:30]),
)
def test_what_no_domain_name_may_be_is_refused(typed: str) -> None:
    with pytest.raises(DomainRefused):
        ascii_domain(typed)


@given(st.text(max_size=80))
def test_no_text_makes_a_name_that_steers(typed: str) -> None:
    try:
        name = ascii_domain(typed)
    except DomainRefused:
        return
    assert ascii_domain(name) == name
    assert not set(name) - set("abcdefghijklmnopqrstuvwxyz0123456789-_.")


def test_two_domains_are_never_one_mailbox_and_two_spellings_always() -> None:
    assert fold_address("anna@straße.example") != fold_address("anna@strasse.example")
    assert fold_address("Anna@STRAẞE.example") == fold_address("anna@xn--strae-oqa.example")
    assert fold_address("Anna@Bu\u0308cher.example") == fold_address("anna@bücher.example")
    assert fold_address("No Address") == "no address"


def test_no_other_place_makes_ascii_of_names() -> None:
    codecs = [
        path.relative_to(ROOT).as_posix()
        for path in sorted(ROOT.rglob("*.py"))
        if 'encode("idna")' in (text := path.read_text(encoding="utf-8")) or "import idna" in text
    ]
    assert codecs == [
        "protocol/domain_names.py",
        "server/storage/migrations/versions/0007_addresses_by_idna_2008.py",
    ]
