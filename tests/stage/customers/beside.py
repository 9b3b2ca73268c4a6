"""How the applet joins beside a page that has joined: with what its download carries."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import requests
from playwright.sync_api import Page

from rescue_console.applet.arriving.file_name import read_file_name
from rescue_console.protocol.customer import Side
from rescue_console.protocol.links import LinkParts
from rescue_console.server.rules.helping.customers import session_of_link
from rescue_console.server.rules.helping.passes import issue_pass
from rescue_console.server.storage.database import Database, database_url
from tests.stage.until import WAIT_S

FILE = "rescue-applet"


def offered_applets(folder: Path) -> tuple[str, str]:
    """Return the options of a server that offers an applet, which nobody runs."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes(b"not run")
    return "--applets", str(folder)


def join_by_page(url: str, link: LinkParts) -> dict[str, str]:
    """Join in some browser; return its cookies."""
    form = {"code": link.code, "key": link.key, "platform": "linux"}
    answer = requests.post(f"{url}/Customer/Join", form, allow_redirects=False, timeout=WAIT_S)
    assert answer.status_code == 303, answer.text
    return answer.cookies.get_dict()


def cookies_of(page: Page) -> dict[str, str]:
    """Return what the browser of *page* sends to its server."""
    return {one["name"]: one["value"] for one in page.context.cookies()}


def carried(
    url: str, cookies: Mapping[str, str] | None = None, link: LinkParts | None = None
) -> LinkParts:
    """Download the applet by cookie or by link; return the code and key in its name."""
    query = {"Code": link.code, "k": link.key} if link else {}
    answer = requests.get(
        f"{url}/Customer/Applet/{FILE}", query, cookies=dict(cookies or {}), timeout=WAIT_S
    )
    answer.raise_for_status()
    return named(answer)


def named(answer: requests.Response) -> LinkParts:
    """Return the code and key in the name under which a browser saves *answer*."""
    _, _, quoted = answer.headers["Content-Disposition"].partition("utf-8''")
    name = read_file_name(unquote(quoted))
    assert name is not None, quoted
    return name.link


def kept_pass(folder: Path, link: LinkParts) -> LinkParts:
    """Return what the applet would carry if the server with its data below *folder* offered one.

    The download would put the pass into the database; here it is put there directly.
    """
    [database] = folder.rglob("rescue.sqlite3")
    with ThreadPoolExecutor(1) as beside_every_loop:
        return beside_every_loop.submit(asyncio.run, _keep_pass(database.parent, link)).result()


async def _keep_pass(data: Path, link: LinkParts) -> LinkParts:
    database = Database(database_url(data))
    try:
        async with database.write() as connection:
            session_id = await session_of_link(connection, link)
            assert session_id is not None
            key = await issue_pass(connection, session_id, Side.APPLET, datetime.now(UTC))
    finally:
        await database.close()
    return LinkParts(link.code, key)
