"""One decision for all ways out, and the sentence that names the proxy."""

import pytest

from rescue_console.network import way_out
from rescue_console.network.errors import Unreachable, Why
from rescue_console.network.server_address import read_address
from rescue_console.network.way_out import Proxy, proxy_for, proxy_url, read_proxy

NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
PROXY = "http://proxy.example:3128"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    ("environment", "server", "way"),
    [
        ({}, "https://help.example", None),
        ({"HTTPS_PROXY": PROXY}, "https://help.example", PROXY),
        ({"https_proxy": PROXY}, "https://help.example", PROXY),
        ({"HTTPS_PROXY": "proxy.example:3128"}, "https://help.example", PROXY),
        ({"ALL_PROXY": PROXY}, "https://help.example", PROXY),
        ({"HTTP_PROXY": PROXY}, "https://help.example", None),
        ({"HTTPS_PROXY": PROXY}, "http://help.example", None),
        ({"HTTP_PROXY": PROXY}, "http://help.example", PROXY),
        ({"HTTP_PROXY": PROXY}, "http://127.0.0.1:8080", None),
        ({"HTTP_PROXY": PROXY}, "http://localhost:8080", None),
        ({"HTTPS_PROXY": "http://próxy.example"}, "https://a.example", "http://xn--prxy-rqa.example:80"),
    ],
)  # fmt: skip
def test_the_environment_says_which_way(
    environment: dict[str, str], server: str, way: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_url(read_address(server)) == way


@pytest.mark.parametrize(
    ("no_proxy", "server", "spared"),
    [
        ("192.0.2.0/24", "http://192.0.2.7:8080", True),
        ("192.0.2.0/24", "http://192.0.3.7", False),
        ("10.0.0.0/8, 192.0.2.0/255.255.255.0", "http://192.0.2.7", True),
        ("192.0.2.7", "http://192.0.2.7", True),
        ("192.0.2.7:8080", "http://192.0.2.7:8080", True),
        ("192.0.2.7:8080", "http://192.0.2.7", False),
        ("2001:db8::/32", "http://[2001:db8::1]", True),
        ("[2001:db8::1]", "http://[2001:db8::1]", True),
        ("[2001:db8::1]:80", "http://[2001:db8::1]", True),
        ("192.0.2.0/24", "http://[::ffff:192.0.2.7]", True),
        ("help.example", "http://help.example", True),
        ("HELP.example", "http://help.example", True),
        ("example", "http://help.example", True),
        (".example", "http://help.example", True),
        ("*.example", "http://help.example", True),
        ("elp.example", "http://help.example", False),
        ("help.example:80", "http://help.example", True),
        ("help.example:81", "http://help.example", False),
        ("straße.example", "http://xn--strae-oqa.example", True),
        ("*", "http://help.example", True),
        ("a.example b.example,,help.example", "http://help.example", True),
        ("nonsense/99, :, [", "http://help.example", False),
    ],
)
def test_what_no_proxy_spares_goes_straight(
    no_proxy: str, server: str, spared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", PROXY)
    monkeypatch.setenv("NO_PROXY", no_proxy)
    assert (proxy_for(read_address(server)) is None) is spared


def test_the_system_is_asked_where_the_environment_names_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(way_out, "getproxies", lambda: {"https": PROXY})
    monkeypatch.setattr(way_out, "proxy_bypass", lambda host: host == "spared.example:443")
    assert proxy_url(read_address("https://help.example")) == PROXY
    assert proxy_url(read_address("https://spared.example")) is None
    monkeypatch.setenv("NO_PROXY", "help.example")
    assert proxy_url(read_address("https://help.example")) is None


def test_a_password_is_kept_whole_and_never_shown() -> None:
    proxy = read_proxy("http://an%40na:p%C3%A4%3A%40%2F€@proxy.example:8080/")
    assert (proxy.user, proxy.password) == ("an@na", "pä:@/€")
    assert proxy.shown == "proxy.example:8080"
    assert read_proxy(proxy.url) == proxy
    assert proxy.url.isascii()
    assert read_proxy("http://anna@proxy.example").url == "http://anna:@proxy.example:80"
    assert Proxy(host="::1", port=1).url == "http://[::1]:1"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("socks5://anna:secret@proxy.example:1080", "socks5://proxy.example:1080"),
        ("http://anna:secret@pro xy:80", "http://pro xy:80"),
        ("http://proxy.example:port", "http://proxy.example:port"),
        ("http://", "http://"),
    ],
)
def test_what_is_no_proxy_that_can_be_used_is_named_without_its_password(
    said: str, shown: str
) -> None:
    with pytest.raises(Unreachable) as error:
        read_proxy(said)
    assert (error.value.why, error.value.proxy) == (Why.PROXY_UNUSABLE, shown)
    assert "secret" not in str(error.value)
