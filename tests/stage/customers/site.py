"""The customer's pages with real rules, database, event stream and server, in a thread."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import uvicorn

from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform, Language
from rescue_console.protocol.links import LinkParts
from rescue_console.protocol.requests import CreateSession
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.app import build_app
from rescue_console.server.options import ServeOptions
from rescue_console.server.parts import Parts
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.organization.owner import create_owner, has_owner
from rescue_console.server.storage.database import Database, database_url
from rescue_console.server.storage.migrate import migrate
from tests.stage.until import WAIT_S

ORGANIZATION = "Acme Support"
TECHNICIAN = "Marie Martin"
PASSWORD = "correct horse battery staple"

_T = TypeVar("_T")


class TestClock:
    """A clock that shows the present time, and that a test can move forward."""

    __test__ = False

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Site:
    """A running server for the customer's pages, and a technician to act as the other side."""

    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.clock = TestClock()
        self.database = Database(database_url(folder))
        options = ServeOptions(data=folder)
        self.parts = Parts(options, self.database, self.clock, self.url)
        self.stream = self.parts.stream
        self.sessions = self.parts.sessions
        self.customers = self.parts.customers
        self.caller: Caller
        self.loop = asyncio.new_event_loop()

    def do(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Run *work* in the server's loop; return its result."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(WAIT_S)

    def create(
        self,
        method: ConnectionMethod = ConnectionMethod.LINK,
        name: str = "",
        platform: DevicePlatform = DevicePlatform.AUTO,
    ) -> Session:
        request = CreateSession(
            method=method, name=name, platform=platform, language=Language("en")
        )
        return self.do(self.sessions.create(self.caller, request))

    def status(self, session: Session) -> SessionStatus:
        return self.do(self.sessions.read(self.caller, session.id)).status

    def wait_for(self, session: Session, status: SessionStatus) -> None:
        """Return once *session* has *status*, checking it at every event."""

        async def holds() -> bool:
            return (await self.sessions.read(self.caller, session.id)).status == status

        self.until(holds)

    def until(self, holds: Callable[[], Awaitable[object]]) -> None:
        """Return once *holds* is true, checking it again at every event."""

        async def follow() -> None:
            async with self.stream.subscribe(lambda event: True) as subscription:
                while not await holds():
                    await subscription.queue.get()

        self.do(asyncio.wait_for(follow(), WAIT_S))

    def join(self, session: Session) -> str:
        """Join *session* as another browser would; return the token that it gets."""
        parts = link_parts(self, session)
        token = self.do(self.customers.join(parts.code, parts.key, DevicePlatform.LINUX))
        assert token is not None
        return token

    def start(self, session: Session) -> None:
        self.do(self.sessions.start(self.caller, session.id))

    def hold(self, session: Session) -> None:
        self.do(self.sessions.hold(self.caller, session.id))

    def close(self, session: Session) -> None:
        self.do(self.sessions.close(self.caller, session.id))

    def expire(self, session: Session) -> None:
        """Move the clock forward until *session* ends by itself, and back again."""
        assert session.expires_at is not None
        self.clock.ahead = session.expires_at - datetime.now(UTC) + timedelta(seconds=1)
        try:
            self.do(self.parts.timers.end_due())
        finally:
            self.clock.ahead = timedelta()

    async def prepare(self) -> None:
        await migrate(self.database)
        async with self.database.read() as connection:
            restarted = await has_owner(connection)
        if not restarted:
            await self._make_owner()
        sign_ins = self.parts.sign_ins
        tokens = await sign_ins.sign_in("marie@example.com", PASSWORD, "127.0.0.1")
        self.caller, _ = await sign_ins.caller(tokens.access_token)

    async def _make_owner(self) -> None:
        await create_owner(
            self.database,
            self.clock,
            email="marie@example.com",
            name=TECHNICIAN,
            password=PASSWORD,
            organization_name=ORGANIZATION,
            language=Language("en"),
        )

    @contextlib.asynccontextmanager
    async def running(self, listener: socket.socket) -> AsyncIterator[None]:
        await self.prepare()
        app = build_app(self.parts, [])
        config = uvicorn.Config(
            app,
            log_config=None,
            lifespan="off",
            ws="websockets-sansio",
            timeout_graceful_shutdown=5,
        )
        server = uvicorn.Server(config)
        async with self.parts.running():
            serving = asyncio.create_task(server.serve(sockets=[listener]))
            try:
                yield
            finally:
                self.stream.let_go()
                server.should_exit = True
                await serving
        await self.database.close()


def link_parts(site: Site, session: Session) -> LinkParts:
    """Return the code and key of *session*, whatever its connection method."""
    if session.method is ConnectionMethod.PIN:
        found = site.do(site.customers.check_pin(session.code, "127.0.0.1"))
        assert found is not None
        return found
    return LinkParts(session.code, session.link.rpartition("k=")[2])


@contextlib.contextmanager
def open_site(folder: Path, port: int = 0) -> Iterator[Site]:
    """Run a site on *port*, or on a free port if it is 0, until the block ends."""
    with socket.create_server(("127.0.0.1", port)) as listener, ThreadPoolExecutor(1) as thread:
        site = Site(folder, listener.getsockname()[1])
        ready: Future[None] = Future()
        stop = asyncio.Event()

        async def live() -> None:
            async with site.running(listener):
                ready.set_result(None)
                await stop.wait()

        def run() -> None:
            with asyncio.Runner(loop_factory=lambda: site.loop) as runner:
                runner.run(live())

        running: Future[None] = thread.submit(run)
        wait([ready, running], WAIT_S, FIRST_COMPLETED)
        try:
            if ready.done():
                yield site
        finally:
            if not running.done():
                site.loop.call_soon_threadsafe(stop.set)
            running.result(WAIT_S)
