"""Liveness, readiness and metrics, for programs that monitor the server."""

import asyncio
import logging
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text

from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.door.addresses import Network, read_ip_address, read_network
from rescue_console.server.metrics import Metrics
from rescue_console.server.refusals import refuse
from rescue_console.server.routes.access import PUBLIC, client_address
from rescue_console.server.storage.database import Database, StorageError

WRITTEN_LATELY_S = 1.0
"""For how long a try to write is good."""

_log = logging.getLogger(__name__)


class Health(msgspec.Struct):
    """The answer of ``/healthz``: 200 when ready, 503 when the database can do nothing.

    Anybody may ask, so it names neither the machine nor the version; the log says more.
    """

    ready: bool
    detail: str = ""


class Readiness:
    """Tells whether the database can be read and written.

    Reading is tried each time. Writing is tried once in WRITTEN_LATELY_S at most, however many ask.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()
        self._written_s = -WRITTEN_LATELY_S
        self._trouble: StorageError | None = None

    async def check(self) -> None:
        """Return when the database can be read and written.

        Raises:
            StorageError: it cannot.
        """
        async with self._database.read() as connection:
            await connection.execute(text("SELECT 1"))
        async with self._turn:
            now_s = asyncio.get_running_loop().time()
            if now_s - self._written_s >= WRITTEN_LATELY_S:
                self._trouble = await self._try_to_write()
                self._written_s = asyncio.get_running_loop().time()
        if self._trouble is not None:
            raise self._trouble

    async def _try_to_write(self) -> StorageError | None:
        try:
            async with self._database.write() as connection:
                # The one table that has a row from the first start on; nothing in it changes.
                await connection.execute(
                    text("UPDATE alembic_version SET version_num = version_num")
                )
        except StorageError as error:
            _log.warning("Nothing can be written: %s", error)
            return error
        return None


def health_routes(
    database: Database, metrics: Metrics, metrics_from: list[str]
) -> list[HTTPRouteHandler]:
    """Return the routes ``/healthz`` and ``/metrics``.

    Args:
        database: Queried to find out whether it can be read and written.
        metrics: The metrics to show.
        metrics_from: Networks that may read the metrics, besides loopback.
    """
    readiness = Readiness(database)
    networks = [read_network(network) for network in metrics_from]

    @get("/healthz", opt={PUBLIC: True}, include_in_schema=False)
    async def healthz() -> Response[Health]:
        try:
            await readiness.check()
        except StorageError as error:
            return Response(Health(False, error.words), status_code=503)
        return Response(Health(True))

    @get("/metrics", opt={PUBLIC: True}, include_in_schema=False)
    async def show_metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
        if not _may_read(client_address(request), networks):
            raise refuse(ProblemWord.NOT_ALLOWED, "Metrics are for this server's own network.")
        return Response(await metrics.text(), media_type=CONTENT_TYPE_LATEST)

    return [healthz, show_metrics]


def _may_read(address: str, networks: list[Network]) -> bool:
    parsed = read_ip_address(address)
    if parsed is None:
        return False
    return parsed.is_loopback or any(parsed in network for network in networks)
