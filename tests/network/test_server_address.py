import pytest

from rescue_console.network.server_address import AddressFault, AddressRefused, read_address


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
