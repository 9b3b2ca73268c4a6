"""A customer as the server sees one: somebody who opens the link and joins."""

import re

import requests

from tests.stage.until import WAIT_S


def join(link: str) -> None:
    """Open a link, from an e-mail or pasted, and press *Join*."""
    server = re.match(r"https?://[^/]+", link)
    assert server is not None
    with requests.Session() as browser:
        browser.trust_env = False
        page = browser.get(link, timeout=WAIT_S)
        # As browsers do on the way, since the page asks for it: it tries whether cookies are taken.
        browser.get(f"{server[0]}/Customer/Trial", timeout=WAIT_S)
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
        answer = browser.post(
            f"{server[0]}/Customer/Join",
            data={**fields, "platform": "linux"},
            headers={"Origin": server[0]},
            timeout=WAIT_S,
        )
        assert answer.ok, answer.text
