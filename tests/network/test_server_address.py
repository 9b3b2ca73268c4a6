import pytest

from rescue_console.network.server_address import (
    AddressFault,
    AddressRefused,
    opens_only_there,
    read_address,
)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("help.example.org", "https://help.example.org"),
        ("  HELP.example.org:8443 ", "https://help.example.org:8443"),
        ("https://help.example.org:443/", "https://help.example.org"),
        ("https://help.example.org/Customer/Code.aspx?i=2&Code=1", "https://help.example.org"),
        ("http://help.example.org:80", "http://help.example.org"),
        ("localhost:8080", "http://localhost:8080"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("https://localhost", "https://localhost"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("bücher.example", "https://xn--bcher-kva.example"),
        ("straße.example.", "https://xn--strae-oqa.example"),
        ("faß。example。", "https://xn--fa-hia.example"),
        ("192.168.1.20", "https://192.168.1.20"),
        ("\u200bhttps://help.example.org\u200e", "https://help.example.org"),
        ("<https://help.example.org/>.", "https://help.example.org"),
        ("«\u00a0help.example.org\u00a0»,", "https://help.example.org"),
        ("\u2068help.example.org\u2069\u2028", "https://help.example.org"),
        ("https://help.exam\r\nple.org", "https://help.example.org"),
        ("ｈｔｔｐｓ：／／ｈｅｌｐ．example．org：８４４３", "https://help.example.org:8443"),
        ("help\u00ad.example.org", "https://help.example.org"),
        (
            "https://gate.example/?url=https%3A%2F%2Fhelp.example.org%2FCustomer%2FCode.aspx%3Fi%3D2",
            "https://help.example.org",
        ),
    ],
)
def test_what_people_type_becomes_an_address(typed: str, url: str) -> None:
    assert read_address(typed).url == url


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", AddressFault.EMPTY),
        ("   ", AddressFault.EMPTY),
        ("ftp://help.example.org", AddressFault.SCHEME),
        ("javascript://alert", AddressFault.SCHEME),
        ("https://", AddressFault.HOST),
        ("two words", AddressFault.HOST),
        ("-bad.example", AddressFault.HOST),
        ("999.1.1.1", AddressFault.HOST),
        ("[::1", AddressFault.HOST),
        ("help.example.org:99999", AddressFault.PORT),
        ("help.example.org:0", AddressFault.PORT),
        ("help.example.org:port", AddressFault.PORT),
        ("https://anna:secret@help.example.org", AddressFault.SECRETS),
    ],
)
def test_anything_but_an_address_is_refused_with_the_reason(
    typed: str, fault: AddressFault
) -> None:
    with pytest.raises(AddressRefused) as refusal:
        read_address(typed)
    assert refusal.value.fault is fault


@pytest.mark.parametrize(
    ("typed", "exposed"),
    [
        ("http://help.example.org", True),
        ("https://help.example.org", False),
        ("http://127.0.0.1", False),
        ("http://localhost", False),
    ],
)
def test_only_plain_http_to_another_machine_is_exposed(typed: str, exposed: bool) -> None:
    assert read_address(typed).exposed is exposed


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.0.0.2", "127.1", "0x7f.0.0.1", "2130706433", "0.0.0.0", "[::1]"),
        *("[::]", "[::ffff:127.0.0.1]", "localhost", "LOCALHOST", "localhost.", "help.localhost"),
        *("localhost.localdomain", "ip6-localhost"),
    ],
)
@pytest.mark.parametrize("port", ["", ":8080"])
def test_a_link_that_leads_everybody_to_their_own_computer_is_noticed(host: str, port: str) -> None:
    assert opens_only_there(f"http://{host}{port}/Customer/Code.aspx?i=3&Code=1&k=x")


@pytest.mark.parametrize(
    "link",
    [
        "https://help.example.org",
        "http://192.168.1.5:8080",
        "http://[2001:db8::1]",
        "https://localhost.example.org",
        "https://notlocalhost",
        "https://127.0.0.1.example.org",
        "http://[broken",
        "",
    ],
)
def test_a_link_that_others_can_open_is_not(link: str) -> None:
    assert not opens_only_there(link)
