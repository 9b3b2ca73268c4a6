"""The customer's pages offer the applet for the customer's device, if the server has it."""

import re
from collections.abc import Iterator

import pytest
import requests

from rescue_console.applet.arriving.joining import join, page_address
from rescue_console.network.server_address import read_address
from rescue_console.protocol.choices import DevicePlatform
from tests.stage.links import link_parts
from tests.stage.programs import starts_programs
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S

AGENTS = {
    "linux": "Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0 Safari/537.36",
    "windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36",
    "android": "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/126.0 Mobile Safari/537.36",
}


@pytest.fixture(scope="module")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    folder = tmp_path_factory.mktemp("applets")
    (folder / "rescue-applet").write_bytes(b"for Linux")
    data = tmp_path_factory.mktemp("server") / "data"
    with RealServer(data, "--applets", str(folder)) as server:
        yield server


def offers(page: str) -> list[str]:
    """Return the addresses of the applets that *page* offers."""
    return [
        address.replace("&amp;", "&")
        for address in re.findall(r'href="(/Customer/Applet/[^"]*)" download', page)
    ]


def open_page(url: str, platform: str, cookies: dict[str, str] | None = None) -> str:
    headers = {"User-Agent": AGENTS[platform]}
    return requests.get(url, headers=headers, cookies=cookies, timeout=WAIT_S).text


def test_the_join_page_offers_an_applet_that_can_be_downloaded(server: RealServer) -> None:
    link = server.owner.create_session()["link"]
    (address,) = offers(open_page(link, "linux"))
    answer = requests.get(f"{server.url}{address}", timeout=WAIT_S)
    assert answer.content == b"for Linux"
    assert f"Rescue-{link_parts(link).code}-" in answer.headers["Content-Disposition"]


def test_the_room_offers_an_applet_that_can_be_downloaded_with_the_cookie(
    server: RealServer,
) -> None:
    link = link_parts(server.owner.create_session()["link"])
    form = {"code": link.code, "key": link.key, "platform": "linux"}
    joined = requests.post(
        f"{server.url}/Customer/Join", form, allow_redirects=False, timeout=WAIT_S
    )
    cookies = joined.cookies.get_dict()
    # Below the status, and in the question that asks to start it.
    (address,) = set(offers(open_page(f"{server.url}/Customer/Session", "linux", cookies)))
    answer = requests.get(f"{server.url}{address}", cookies=cookies, timeout=WAIT_S)
    assert answer.content == b"for Linux"


def test_a_page_that_the_applet_has_opened_offers_no_other(server: RealServer) -> None:
    link = link_parts(server.owner.create_session()["link"])
    address = read_address(server.url)
    token = join(address, link, DevicePlatform.LINUX, None).token
    page = open_page(page_address(address, token, None), "linux")
    assert "Join in this browser" in page
    assert offers(page) == []


@pytest.mark.parametrize("platform", ["windows", "android"])
def test_a_device_without_an_applet_is_offered_none(server: RealServer, platform: str) -> None:
    page = open_page(server.owner.create_session()["link"], platform)
    assert "Join in this browser" in page
    assert offers(page) == []
