"""What Linux desktops say of proxies, and what is made of it."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from rescue_console.network.errors import Unreachable, Why
from rescue_console.network.server_address import read_address
from rescue_console.network.way_out import proxy_url
from rescue_console.system.desktop_proxies import (
    DesktopProxies,
    desktop_proxies,
    forget_desktop_proxies,
    read_gsettings,
    read_kioslaverc,
)

GNOME = """\
org.gnome.system.proxy autoconfig-url ''
org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1', "*.o'hara.example"]
org.gnome.system.proxy mode 'manual'
org.gnome.system.proxy use-same-proxy true
org.gnome.system.proxy.ftp host 'ftp.example'
org.gnome.system.proxy.ftp port 21
org.gnome.system.proxy.http authentication-password 'p\\u00e4:ss'
org.gnome.system.proxy.http authentication-user 'anna'
org.gnome.system.proxy.http enabled false
org.gnome.system.proxy.http host 'proxy.example'
org.gnome.system.proxy.http port 8080
org.gnome.system.proxy.http use-authentication false
org.gnome.system.proxy.https host ''
org.gnome.system.proxy.https port 0
org.gnome.system.proxy.socks host ''
org.gnome.system.proxy.socks port 0
"""
SPARED = "localhost,127.0.0.0/8,::1,*.o'hara.example"
PROXY = "http://proxy.example:8080"
KDE = """\
[Notification Messages]
WarnOnLeaveSSLMode=false

[Proxy Settings][$Version]
update_info=kioslave.upd:kde2.2/r1

[Proxy Settings]
NoProxyFor[$e]=localhost,.intern.example
ProxyType=1
ReversedException=false
ftpProxy=
httpProxy=http://proxy.example 8080
httpsProxy=http://secure.example:3128
socksProxy=
"""


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    forget_desktop_proxies()
    yield
    forget_desktop_proxies()


def changed(listed: str, *changes: tuple[str, str]) -> str:
    for before, after in changes:
        assert before in listed
        listed = listed.replace(before, after)
    return listed


@pytest.mark.parametrize(
    ("changes", "proxies"),
    [
        ([], {"http": PROXY, "https": PROXY}),
        ([("'manual'", "'none'")], {}),
        ([("'manual'", "'auto'")], {}),
        ([("use-same-proxy true", "use-same-proxy false")], {"http": PROXY}),
        (
            [("https host ''", "https host '2001:db8::1'"), ("https port 0", "https port 3128")],
            {"http": PROXY, "https": "http://[2001:db8::1]:3128"},
        ),
        (
            [("use-authentication false", "use-authentication true")],
            dict.fromkeys(("http", "https"), "http://anna:p%C3%A4%3Ass@proxy.example:8080"),
        ),
        (
            [
                ("http host 'proxy.example'", "http host ''"),
                ("socks host ''", "socks host 'socks.example'"),
                ("socks port 0", "socks port 1080"),
            ],
            {"all": "socks://socks.example:1080"},
        ),
    ],
)
def test_gnome_is_read(changes: list[tuple[str, str]], proxies: dict[str, str]) -> None:
    said = read_gsettings(changed(GNOME, *changes))
    assert said == DesktopProxies(proxies, SPARED if proxies else "")


@pytest.mark.parametrize("listed", ["", "nonsense", changed(GNOME, ("8080", "@m")), "a b [,"])
def test_what_cannot_be_read_of_gnome_names_no_proxy(listed: str) -> None:
    assert read_gsettings(listed).proxies == {}


def test_an_empty_list_of_gnome_is_empty() -> None:
    listed = "org.gnome.system.proxy mode 'manual'\norg.gnome.system.proxy ignore-hosts @as []\n"
    assert read_gsettings(listed) == DesktopProxies()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [],
            DesktopProxies(
                {"http": PROXY, "https": "http://secure.example:3128"}, "localhost,.intern.example"
            ),
        ),
        ([("ProxyType=1", "ProxyType=0")], DesktopProxies()),
        ([("ProxyType=1", "ProxyType=2")], DesktopProxies()),
        ([("ProxyType=1", "ProxyType=4")], DesktopProxies()),
        (
            [
                ("ReversedException=false", "ReversedException=true"),
                ("httpProxy=http://proxy.example 8080", "httpProxy=http://"),
                ("socksProxy=", "socksProxy=socks://socks.example 1080"),
            ],
            DesktopProxies(
                {"https": "http://secure.example:3128", "all": "socks://socks.example:1080"},
                "localhost,.intern.example",
                only_spared=True,
            ),
        ),
    ],
)
def test_kde_is_read(changes: list[tuple[str, str]], said: DesktopProxies) -> None:
    assert read_kioslaverc(changed(KDE, *changes)) == said


@pytest.mark.parametrize("text", ["", "no section", "[Other]\na=b", "[Proxy Settings\n="])
def test_what_cannot_be_read_of_kde_names_no_proxy(text: str) -> None:
    assert read_kioslaverc(text) == DesktopProxies()


@pytest.mark.parametrize(
    ("reverse", "server", "way"),
    [
        ("false", "https://help.example", "http://secure.example:3128"),
        ("false", "https://help.intern.example", None),
        ("true", "https://help.example", None),
        ("true", "https://help.intern.example", "http://secure.example:3128"),
    ],
)
def test_the_way_follows_kde(
    reverse: str, server: str, way: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = changed(KDE, ("ReversedException=false", f"ReversedException={reverse}"))
    (tmp_path / "kioslaverc").write_text(text, "utf-8")
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert proxy_url(read_address(server)) == way
    monkeypatch.setenv("HTTPS_PROXY", PROXY)
    assert proxy_url(read_address("https://elsewhere.example")) == PROXY


def test_a_socks_proxy_of_the_desktop_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = changed(KDE, ("httpsProxy=http://secure.example:3128", "httpsProxy=socks://s.example 1"))
    (tmp_path / "kioslaverc").write_text(text, "utf-8")
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    with pytest.raises(Unreachable) as error:
        proxy_url(read_address("https://help.example"))
    assert (error.value.why, error.value.proxy) == (Why.PROXY_UNUSABLE, "socks://s.example:1")


@pytest.mark.starts_programs
def test_the_way_follows_the_settings_that_gsettings_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    monkeypatch.setenv("GSETTINGS_BACKEND", "keyfile")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    def set_value(schema: str, key: str, value: str) -> None:
        command = ["gsettings", "set", f"org.gnome.system.proxy{schema}", key, value]
        subprocess.run(command, check=True, env=dict(os.environ))
        forget_desktop_proxies()

    server = read_address("https://help.example")
    assert proxy_url(server) is None
    set_value("", "mode", "manual")
    set_value(".http", "host", "proxy.example")
    assert proxy_url(server) == PROXY
    set_value(".https", "host", "secure.example")
    set_value(".https", "port", "3128")
    assert proxy_url(server) == "http://secure.example:3128"
    set_value("", "ignore-hosts", "['*.example']")
    assert proxy_url(server) is None


def test_nothing_is_asked_where_there_is_no_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CURRENT_DESKTOP", raising=False)
    monkeypatch.setattr("subprocess.run", lambda *_, **__: pytest.fail("a program was started"))
    assert desktop_proxies() == DesktopProxies()
