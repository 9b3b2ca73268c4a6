"""Liveness, readiness and metrics, for programs that monitor the server."""

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text

from rescue_console import __version__
from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.addresses import Network, read_ip_address, read_network
from rescue_console.server.metrics import Metrics
from rescue_console.server.refusals import refuse
from rescue_console.server.routes.access import PUBLIC, client_address
from rescue_console.server.storage.database import Database, StorageError


class Health(msgspec.Struct):
    """The answer of ``/healthz``: 200 when ready, 503 when the database does not answer."""

    ready: bool
    version: str
    detail: str = ""


def health_routes(
    database: Database, metrics: Metrics, metrics_from: list[str]
) -> list[HTTPRouteHandler]:
    """Return the routes ``/healthz`` and ``/metrics``.

    Args:
        database: Queried to find out whether it answers.
        metrics: The metrics to show.
        metrics_from: Networks that may read the metrics, besides loopback.
    """
    networks = [read_network(network) for network in metrics_from]

    @get("/healthz", opt={PUBLIC: True}, include_in_schema=False)
    async def healthz() -> Response[Health]:
        try:
            async with database.read() as connection:
                await connection.execute(text("SELECT 1"))
        except StorageError as error:
            return Response(Health(False, __version__, str(error)), status_code=503)
        return Response(Health(True, __version__))

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
