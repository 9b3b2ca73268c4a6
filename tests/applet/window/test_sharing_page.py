"""The applet opens the page for sharing the screen unless it is already open."""

import json
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from tests.stage.applets.helped import Helped, helped
from tests.stage.customers.beside import join_by_page
from tests.stage.links import link_parts
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import until


@pytest.fixture
def opened(tmp_path: Path, screen: dict[str, str]) -> Path:
    """What the customer's browser was told to open, line by line."""
    addresses, browser = tmp_path / "opened", tmp_path / "browser"
    addresses.touch()
    browser.write_text(f'#!/bin/sh\necho "$1" >> {addresses}\n')
    browser.chmod(0o700)
    screen["BROWSER"] = str(browser)
    return addresses


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def drop_view(session: Helped, server: RealServer) -> None:
    made = session.console.session()
    answer = server.owner.post(f"/sessions/{made['id']}/powers/view/drop")
    assert answer.status_code == 200, answer.text


async def test_the_page_is_opened_once_for_each_question(
    server: RealServer, screen: dict[str, str], opened: Path
) -> None:
    async with helped(server, screen) as session:
        link = link_parts(session.console.session()["link"])
        await session.asked("view")
        await until(opened.read_text)
        session.console.ask("files")
        drop_view(session, server)
        session.console.ask("view")
        await until(lambda: len(lines(opened)) > 1)
        addresses = lines(opened)

    assert len(addresses) == 2
    assert all(address.startswith(f"{server.url}/Customer/Code.aspx?") for address in addresses)
    keys = {link_parts(address).key for address in addresses}
    assert {link_parts(address).code for address in addresses} == {link.code}
    assert len(keys) == 2
    assert link.key not in keys


async def test_an_open_page_is_not_opened_again(
    server: RealServer, screen: dict[str, str], opened: Path
) -> None:
    async with helped(server, screen) as session:
        await session.asked("view")
        await until(opened.read_text)
        [address] = lines(opened)
        cookies = join_by_page(server.url, link_parts(address))
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        drop_view(session, server)
        await until(lambda: "view" not in session.console.session()["consents"])
        before = lines(opened)
        async with connect(
            f"{server.url.replace('http', 'ws', 1)}/Customer/Live",
            additional_headers={"Cookie": cookie},
            origin=server.url,  # type: ignore[arg-type]
            proxy=None,
        ) as page:
            await page.send('{"kind":"open"}')
            assert json.loads(await page.recv())["page"]
            await session.asked("view")
            # "Don’t allow" has the keyboard focus.
            session.person.press_in_applet("Return")
            await until(lambda: session.console.session()["consents"].get("view") == "denied")
            assert lines(opened) == before
        session.console.ask("view")
        await until(lambda: lines(opened) != before)
