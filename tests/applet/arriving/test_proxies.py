"""The applet's ways to a server that only the company's proxy knows."""

from contextlib import aclosing

import pytest

from rescue_console.applet.arriving.joining import join, link_of_pin
from rescue_console.applet.link.live import Live
from rescue_console.network.errors import Unreachable, Why
from rescue_console.network.server_address import read_address
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.customer import CustomerState
from tests.stage.networks.proxy import CompanyProxy
from tests.stage.servers.rescue_server import RealServer

SERVER = read_address("http://help.example")


def use(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", f"http://{proxy}")


async def test_typing_a_pin_joining_and_staying_go_through_the_proxy(
    server: RealServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = server.owner.create_session("pin")
    with CompanyProxy(int(server.url.rpartition(":")[2]), "anna:p@ss €") as proxy:
        use(monkeypatch, f"anna:p%40ss%20%E2%82%AC@127.0.0.1:{proxy.port}")
        link = link_of_pin(SERVER, made["code"], None)
        joined = join(SERVER, link, DevicePlatform.LINUX, None)
        async with aclosing(Live(SERVER, joined.token, "en", None).follow()) as said:
            assert isinstance(await anext(said), CustomerState)
    assert joined.session_id == made["id"]
    asked = [head.split(" ", 2)[:2] for head in proxy.heads]
    assert asked == [
        ["POST", "http://help.example/Customer/AppletPin"],
        ["POST", "http://help.example/Customer/Applet"],
        ["CONNECT", "help.example:80"],
    ]


def test_a_proxy_that_wants_another_password_is_named(
    server: RealServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with CompanyProxy(int(server.url.rpartition(":")[2]), "anna:secret") as proxy:
        use(monkeypatch, f"127.0.0.1:{proxy.port}")
        with pytest.raises(Unreachable) as error:
            link_of_pin(SERVER, "618689", None)
    assert (error.value.why, error.value.proxy) == (Why.PROXY_SIGN_IN, f"127.0.0.1:{proxy.port}")
