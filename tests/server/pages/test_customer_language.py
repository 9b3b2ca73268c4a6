"""What a request says: its language, its device, and whether it comes from our own pages."""

import pytest

from rescue_console.protocol.choices import DevicePlatform, Language
from rescue_console.server.pages.device import Device, detect
from rescue_console.server.pages.language import choose_language
from rescue_console.server.pages.origin import is_own_form, is_own_socket

EN, FR = Language("en"), Language("fr")
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
CHROME = "Chrome/126.0.0.0 Safari/537.36"
PUBLIC = "https://help.example.org"


@pytest.mark.parametrize(
    ("asked", "remembered", "accepted", "chosen"),
    [
        (None, None, "fr-CA,fr;q=0.9,en;q=0.8", FR),
        (None, None, "de, en;q=0.4, fr;q=0.6", FR),
        (None, None, "EN-us", EN),
        (None, None, "fr;q=0, en;q=0.1", EN),
        (None, None, "fr;q=nonsense, en;q=0.1", EN),
        (None, None, "fr;q=5, en", EN),
        (None, None, "fr;q=nan, en;q=0.5", EN),
        (None, None, "de,*;q=0.5", FR),
        (None, None, "", FR),
        (None, None, None, FR),
        (None, "en", "fr", EN),
        ("fr", "en", "en", FR),
        ("xx", "yy", "en", EN),
    ],
)
def test_the_choice_on_the_page_outweighs_the_browsers(
    asked: str | None, remembered: str | None, accepted: str | None, chosen: Language
) -> None:
    assert choose_language(asked, remembered, accepted, (EN, FR), FR) == chosen


@pytest.mark.parametrize(
    ("agent", "hint", "device"),
    [
        (WINDOWS + CHROME, '"Windows"', Device(DevicePlatform.WINDOWS, "Chrome")),
        (WINDOWS + CHROME + " Edg/126.0", None, Device(DevicePlatform.WINDOWS, "Edge")),
        (WINDOWS + CHROME + " OPR/111.0", None, Device(DevicePlatform.WINDOWS, "Opera")),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
            None,
            Device(DevicePlatform.LINUX, "Firefox"),
        ),
        (
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 " + CHROME,
            None,
            Device(DevicePlatform.CHROMEOS, "Chrome"),
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 " + CHROME,
            '"Chrome OS"',
            Device(DevicePlatform.CHROMEOS, "Chrome"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 " + CHROME,
            None,
            Device(DevicePlatform.ANDROID, "Chrome"),
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
            "Version/17.5 Mobile/15E148 Safari/604.1",
            None,
            Device(DevicePlatform.IOS, "Safari"),
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) CriOS/126.0 Mobile Safari/604.1",
            None,
            Device(DevicePlatform.IOS, "Chrome"),
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15",
            None,
            Device(DevicePlatform.MACOS, "Safari"),
        ),
        ("curl/8.0", None, Device(DevicePlatform.AUTO, "")),
        (None, '"Unknown"', Device(DevicePlatform.AUTO, "")),
    ],
)
def test_the_device_is_detected_from_the_request(
    agent: str | None, hint: str | None, device: Device
) -> None:
    assert detect(agent, hint) == device


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({"sec-fetch-site": "same-origin", "host": "help.example.org"}, True),
        ({"sec-fetch-site": "cross-site", "origin": PUBLIC, "host": "help.example.org"}, False),
        ({"sec-fetch-site": "same-site", "host": "help.example.org"}, False),
        ({"origin": "null", "host": "192.168.1.7:8080"}, True),
        ({"host": "192.168.1.7:8080"}, True),
        ({"origin": "http://192.168.1.7:8080", "host": "192.168.1.7:8080"}, True),
        ({"origin": PUBLIC, "host": "10.0.0.1:8080"}, True),
        ({"origin": "https://evil.example", "host": "help.example.org"}, False),
        ({"origin": "https://[broken", "host": "help.example.org"}, False),
    ],
)
def test_a_form_of_another_site_is_recognized(headers: dict[str, str], own: bool) -> None:
    assert is_own_form(headers, PUBLIC, "http") is own


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({"origin": PUBLIC, "host": "10.0.0.1:8080"}, True),
        ({"origin": "https://help.example.org:443", "host": "x"}, True),
        ({"origin": "http://localhost:8080", "host": "localhost:8080"}, True),
        ({"origin": "http://localhost:8081", "host": "localhost:8080"}, False),
        ({"origin": "https://help.example.org.evil.example", "host": "help.example.org"}, False),
        ({"origin": "null", "host": "help.example.org"}, False),
        ({"host": "help.example.org"}, False),
    ],
)
def test_a_socket_of_another_site_is_recognized(headers: dict[str, str], own: bool) -> None:
    assert is_own_socket(headers, PUBLIC, "ws") is own


@pytest.mark.parametrize(
    ("origin", "host", "scheme", "own"),
    [
        ("http://help.example.org", "help.example.org", "http", False),
        ("http://help.example.org:8080", "help.example.org:8080", "http", False),
        ("http://other.example.org", "other.example.org", "https", False),
        ("http://other.example.org:443", "other.example.org:443", "https", False),
        ("https://other.example.org", "other.example.org", "https", True),
        ("https://other.example.org", "other.example.org", "http", True),
        ("http://other.example.org", "other.example.org", "http", True),
        ("ftp://other.example.org:21", "other.example.org:21", "https", False),
    ],
)
def test_a_page_without_tls_is_not_ours_where_we_have_it(
    origin: str, host: str, scheme: str, own: bool
) -> None:
    headers = {"origin": origin, "host": host}
    assert is_own_form(headers, PUBLIC, scheme) is own
    assert is_own_socket(headers, PUBLIC, scheme.replace("http", "ws")) is own
