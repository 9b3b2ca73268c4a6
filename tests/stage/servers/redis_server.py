"""A Redis server in a folder of its own, reached by a socket there."""

import shutil
import subprocess
from pathlib import Path

import redis

from rescue_console.server.events.messenger import CHANNEL
from tests.stage.until import WAIT_S, wait_until

MISSING = shutil.which("redis-server") is None


class RedisProcess:
    """A running Redis; ``stop`` it at the end.

    Attributes:
        url: Where it is.
        client: Connected to it.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / "redis.sock"
        self.url = f"unix://{path}"
        words = ["--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(folder)]
        self._process = subprocess.Popen(["redis-server", *words], stdout=subprocess.DEVNULL)
        self.client = redis.Redis.from_url(self.url)
        wait_until(self._answers)

    def wait_for_listeners(self, count: int) -> None:
        """Return once *count* nodes listen to each other."""
        wait_until(lambda: self._listeners() >= count)

    def stop(self) -> None:
        """Stop it, if it runs."""
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
