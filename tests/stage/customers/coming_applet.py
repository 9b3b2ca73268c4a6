"""An applet that joins a session and then stays silent: enough for the server to know of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import requests
from websockets.sync.client import connect

from rescue_console.protocol.links import LinkParts
from tests.stage.until import WAIT_S


@contextmanager
def coming_applet(url: str, parts: LinkParts) -> Iterator[None]:
    """Act as the applet that joins with *parts* until the block ends."""
    joining = {"code": parts.code, "key": parts.key, "platform": "linux"}
    answer = requests.post(f"{url}/Customer/Applet", json=joining, timeout=WAIT_S)
    answer.raise_for_status()
    with connect(f"{url.replace('http', 'ws', 1)}/Customer/Live", open_timeout=WAIT_S) as live:
        live.send(json.dumps({"kind": "open", "token": answer.json()["token"]}))
        live.recv(WAIT_S)
        yield
