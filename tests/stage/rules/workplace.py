"""A server's real parts on one database, with what tests of the rules often do."""

import contextlib
import copy
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform
from rescue_console.protocol.links import LinkParts
from rescue_console.protocol.requests import ChangeGroup, CreateSession
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.events.log import LoggedEvent, read_after
from rescue_console.server.options import ServeOptions
from rescue_console.server.parts import Parts
from rescue_console.server.refusals import Refusal
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.numbers import newest_event
from rescue_console.server.storage.tables import groups, sessions
from tests.stage.rules.clock import StandingClock
from tests.stage.rules.company import Company

PUBLIC_URL = "https://help.example"


def make_parts(database: Database, clock: StandingClock, folder: Path) -> Parts:
    """Return a server node's parts; they do nothing until they are called."""
    return Parts(ServeOptions(data=folder), database, clock, PUBLIC_URL)


class Workplace:
    """One server node, and the organization that uses it."""

    def __init__(self, parts: Parts, clock: StandingClock, company: Company) -> None:
        self.parts = parts
        self.clock = clock
        self.groups = company.groups
        self._tokens = copy.copy(company.tokens)

    async def caller(self, name: str) -> Caller:
        """Return the technician *name* as the caller of their next request, refreshed if needed."""
        sign_ins = self.parts.sign_ins
        try:
            return (await sign_ins.caller(self._tokens[name].access_token))[0]
        except Refusal:
            self._tokens[name] = await sign_ins.refresh(self._tokens[name].refresh_token)
        return (await sign_ins.caller(self._tokens[name].access_token))[0]

    @contextlib.asynccontextmanager
    async def at_desk(self, *names: str) -> AsyncIterator[None]:
        """Keep a console of each of *names* connected while the block runs."""
        attendance = self.parts.attendance
        with contextlib.ExitStack() as consoles:
            for name in names:
                caller = await self.caller(name)
                consoles.enter_context(attendance.console(caller.technician_id, caller.sign_in_id))
            await attendance.sweep()
            yield

    async def create(
        self, who: str = "nora", method: ConnectionMethod = ConnectionMethod.LINK, **more: Any
    ) -> Session:
        """Create a session as the technician *who*."""
        request = CreateSession(method=method, **more)
        return await self.parts.sessions.create(await self.caller(who), request)

    async def link_of(self, session: Session) -> LinkParts:
        """Return the parts of the customer's link."""
        query = select(sessions.c.code, sessions.c.link_key).where(sessions.c.id == session.id)
        async with self.parts.database.read() as connection:
            row = (await connection.execute(query)).one()
        return LinkParts(row.code, row.link_key)

    async def join(self, session: Session) -> str:
        """Let the customer join; return the token of their browser."""
        link = await self.link_of(session)
        token = await self.parts.customers.join(link.code, link.key, DevicePlatform.LINUX)
        assert token is not None
        return token

    async def join_with_applet(
        self, session: Session, customer: str, parts: Parts | None = None
    ) -> str:
        """Let the applet in beside the page of *customer*; return the applet's token."""
        here = parts or self.parts
        link = await here.customers.applet_pass(None, customer)
        assert link is not None
        assert link.key != (await self.link_of(session)).key
        token = await here.helping.join_with_applet(link.code, link.key, DevicePlatform.LINUX)
        assert token is not None
        return token

    async def waiting(self, who: str = "nora", **more: Any) -> tuple[Session, str]:
        """Return a session whose customer has joined, and the customer's token."""
        session = await self.create(who, **more)
        token = await self.join(session)
        return await self.read(session), token

    async def active(self, who: str = "nora", **more: Any) -> tuple[Session, str]:
        """Return a session that *who* has started, and the customer's token."""
        session, token = await self.waiting(who, **more)
        caller = await self.caller(who)
        return await self.parts.sessions.start(caller, session.id), token

    async def read(self, session: Session) -> Session:
        """Return *session* as it is now."""
        return await self.parts.sessions.read(await self.caller("olivia"), session.id)

    async def status(self, session: Session) -> SessionStatus:
        """Return the current status of *session*."""
        return (await self.read(session)).status

    async def set_group(self, name: str, **changes: Any) -> None:
        """Change the group *name*, as the owner."""
        request = ChangeGroup(**changes)
        await self.parts.groups.change(await self.caller("olivia"), self.groups[name], request)

    async def deny(self, name: str, permission: str) -> None:
        """Deny *permission* to the group *name* directly in the database, bypassing the rules."""
        async with self.parts.database.write() as connection:
            await connection.execute(
                update(groups)
                .where(groups.c.id == self.groups[name])
                .values(permissions={permission: False})
            )

    async def event_number(self) -> int:
        """Return the number of the newest event."""
        async with self.parts.database.read() as connection:
            return await newest_event(connection)

    async def events_after(self, number: int) -> list[LoggedEvent]:
        """Return the events after *number*."""
        async with self.parts.database.read() as connection:
            return await read_after(connection, number, 1_000)

    async def count_sessions(self) -> int:
        """Return how many sessions there are."""
        async with self.parts.database.read() as connection:
            query = select(func.count()).select_from(sessions)
            return (await connection.execute(query)).scalar_one()


def body_of(event: LoggedEvent) -> dict[str, Any]:
    """Return the decoded message of *event*."""
    body: dict[str, Any] = json.loads(event.message)
    return body
