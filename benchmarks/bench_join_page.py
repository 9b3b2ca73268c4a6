"""What a customer's browser loads before the customer can join, in bytes."""

import tempfile
from pathlib import Path

import requests
from playwright.sync_api import Page, Response

from benchmarks.browser import customer_pages
from benchmarks.result import Result
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S

BUDGET_BYTES = 60_000


def measure() -> list[Result]:
    """Open a link in Chromium with an empty cache and add up what it loads."""
    with tempfile.TemporaryDirectory() as folder, RealServer(Path(folder) / "data") as server:
        link = server.owner.create_session(name="Jean Dupont")["link"]
        with customer_pages(1) as (page,):
            unpacked, transferred = _load(page, link)
    return [
        Result(
            f"join page, all {len(unpacked)} files of it, unpacked",
            f"≤ {BUDGET_BYTES / 1000:.0f} kB",
            f"{sum(unpacked.values()) / 1000:.1f} kB ({transferred / 1000:.1f} kB with heads sent)",
            max(sum(unpacked.values()), transferred) <= BUDGET_BYTES,
        )
    ]


def _load(page: Page, link: str) -> tuple[dict[str, int], int]:
    """Return each file's unpacked size, and the bytes that all took on the wire."""
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(link, wait_until="networkidle")
    unpacked = {response.url: len(response.body()) for response in responses}
    transferred = 0
    for response in responses:
        sizes = response.request.sizes()
        transferred += sizes["responseHeadersSize"] + sizes["responseBodySize"]
    # Without a window Chromium shows no icon, and so does not request it.
    for address in page.locator("link[rel~=icon]").evaluate_all("all => all.map(e => e.href)"):
        if address not in unpacked:
            unpacked[address] = len(requests.get(address, timeout=WAIT_S).content)
            transferred += unpacked[address]
    return unpacked, transferred
