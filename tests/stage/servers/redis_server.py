"""A Redis server, reached by a socket in a given folder."""

import shutil
import subprocess
from pathlib import Path

import redis

from rescue_console.server.events.messenger import CHANNEL
from tests.stage.until import WAIT_S, wait_until

MISSING = shutil.which("redis-server") is None


class RedisProcess:
    """A running Redis server; call ``stop`` at the end.

    Attributes:
        url: The server's address.
        client: A client that is connected to it.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / "redis.sock"
        self.url = f"unix://{path}"
        words = ["--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(folder)]
        self._process = subprocess.Popen(["redis-server", *words], stdout=subprocess.DEVNULL)
        self.client = redis.Redis.from_url(self.url)
        wait_until(self._answers)

    def wait_for_listeners(self, count: int) -> None:
        """Return once at least *count* nodes listen to each other."""
        wait_until(lambda: self._listeners() >= count)

    def stop(self) -> None:
        """Stop the server."""
        self.client.close()
        self._process.terminate()
        self._process.wait(WAIT_S)

    def _answers(self) -> bool:
        assert self._process.poll() is None, "Redis has ended"
        try:
            return bool(self.client.ping())
        except redis.ConnectionError:
            return False

    def _listeners(self) -> int:
        assert self._process.poll() is None, "Redis has ended"
        return int(dict(self.client.pubsub_numsub(CHANNEL)).get(CHANNEL.encode(), 0))
