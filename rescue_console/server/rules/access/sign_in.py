"""Signing in: short-lived access tokens and rotating refresh tokens, stored only as hashes."""

import logging
import secrets
from datetime import datetime

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import TokenPair
from rescue_console.protocol.domain_names import fold_address
from rescue_console.protocol.pasted import bare_address
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.text import TextRefused, check_address
from rescue_console.server.clock import Clock
from rescue_console.server.events.log import tell_me
from rescue_console.server.events.stream import EventStream
from rescue_console.server.refusals import Refusal, invalid, refuse
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.access.known_places import (
    forget_places,
    knows_device,
    knows_network,
    note_network,
)
from rescue_console.server.rules.access.lane import BUSY_S, LaneFull
from rescue_console.server.rules.access.passwords import (
    WeakPassword,
    checked_password_hash,
    password_matches,
)
from rescue_console.server.rules.access.throttle import (
    Bucket,
    Throttle,
    device_buckets,
    own_network,
    sign_in_buckets,
    spare,
)
from rescue_console.server.rules.access.tokens import (
    TokenRow,
    find_token,
    issue,
    spend,
    token_hash,
)
from rescue_console.server.rules.access.tree import read_tree
from rescue_console.server.storage.columns import new_id
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.tables import sign_ins, technicians, tokens

_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43
"""Verified when there is no such account, so that the answer takes just as long."""

_log = logging.getLogger(__name__)


def _not_signed_in() -> Refusal:
    return refuse(ProblemWord.NOT_SIGNED_IN, "You are not signed in, or no longer. Sign in again.")


class SignIns:
    """Makes, renews, checks and ends sign-ins."""

    def __init__(
        self, database: Database, stream: EventStream, throttle: Throttle, clock: Clock
    ) -> None:
        self._database = database
        self._stream = stream
        self._throttle = throttle
        self._clock = clock

    async def sign_in(self, email: str, password: str, address: str, device: str = "") -> TokenPair:
        """Return tokens for the technician with *email* and *password*, who calls from *address*.

        Args:
            email: Who signs in.
            password: Their password.
            address: Where they call from.
            device: What an earlier sign-in on this device returned as such.

        Raises:
            Refusal: ``wrong-credentials`` or ``too-many-attempts``.
        """
        email = bare_address(email)
        try:
            return await self._sign_in(email, password, address, device)
        except LaneFull:
            _log_put_off(email, address)
            raise _busy() from None
        except Refusal as refusal:
            _log_refused(email, address, refusal.word)
            raise

    async def _sign_in(self, email: str, password: str, address: str, device: str) -> TokenPair:
        known = await self._is_known(email, device)
        buckets = device_buckets(device) if known else await self._buckets(email, address)
        attempt = await self._throttle.count_attempt(buckets)
        async with self._database.read() as connection:
            query = select(
                technicians.c.id, technicians.c.password_hash, technicians.c.enabled
            ).where(technicians.c.email_folded == fold_address(email))
            found = (await connection.execute(query)).first()
        technician_id, password_hash, enabled = found or ("", _NOBODY, False)
        matches = await self._matches(attempt, password, password_hash, stranger=not known)
        if not matches or not enabled:
            raise refuse(
                ProblemWord.WRONG_CREDENTIALS,
                "The e-mail address or the password is wrong. Check both and try again.",
            )
        await self._throttle.forgive(attempt)
        async with self._database.write() as connection:
            now = self._clock()
            await connection.execute(delete(tokens).where(tokens.c.expires_at <= now))
            sign_in_id, known_as = new_id(now), secrets.token_urlsafe(32)
            await connection.execute(
                insert(sign_ins).values(
                    {
                        sign_ins.c.id: sign_in_id,
                        sign_ins.c.technician_id: technician_id,
                        sign_ins.c.created_at: now,
                        sign_ins.c.device_hash: token_hash(known_as),
                    }
                )
            )
            await note_network(connection, sign_in_id, address, now)
            pair = await issue(connection, sign_in_id, now)
        pair.device = known_as
        return pair

    async def _is_known(self, email: str, device: str) -> bool:
        """Tell whether it is a device on which this person signed in lately."""
        if not device:
            return False
        async with self._database.read() as connection:
            return await knows_device(connection, fold_address(email), device, self._clock())

    async def _buckets(self, email: str, address: str) -> list[Bucket]:
        """Return what an attempt counts against: less where this person signed in well lately."""
        buckets, network, now = sign_in_buckets(email, address), own_network(address), self._clock()
        async with self._database.read() as connection:
            if await knows_network(connection, fold_address(email), network, now):
                return spare(buckets, address)
        return buckets

    async def refresh(self, refresh_token: str, address: str = "") -> TokenPair:
        """Spend *refresh_token*, which comes from *address*, and return new tokens.

        Raises:
            Refusal: ``not-signed-in`` when it is unknown, expired, or was used before; in the last
                case the whole sign-in ends, since somebody else may hold a copy.
        """
        if not await self._knows(refresh_token):
            raise _not_signed_in()
        async with self._database.write() as connection:
            now = self._clock()
            row = await find_token(connection, refresh_token, "refresh", now)
            if row is not None and not row.is_stolen(now):
                if row.spent_at is None:
                    await spend(connection, row, now)
                await note_network(connection, row.sign_in_id, address, now)
                return await issue(connection, row.sign_in_id, now)
            if row is not None:
                await _end(connection, row.sign_in_id, now)
                await forget_places(connection, sign_ins.c.id == row.sign_in_id)
                await tell_me(connection, now, technician_ids=[row.id])
        if row is not None:
            self._stream.poke()
            _log.warning(
                "Refresh token reused, sign-in ended",
                extra={"address": address, "account": row.email, "sign_in": row.sign_in_id},
            )
        raise _not_signed_in()

    async def sign_out(self, refresh_token: str) -> None:
        """End the sign-in that *refresh_token* belongs to; ignore an unknown token."""
        if not await self._knows(refresh_token):
            return
        async with self._database.write() as connection:
            now = self._clock()
            row = await find_token(connection, refresh_token, "refresh", now)
            if row is None:
                return
            await _end(connection, row.sign_in_id, now)
            await tell_me(connection, now, technician_ids=[row.id])
        self._stream.poke()

    async def change_password(self, caller: Caller, current: str, new: str, address: str) -> None:
        """Give the caller a *new* password and end their other sign-ins.

        Raises:
            Refusal: ``wrong-credentials``, ``too-many-attempts`` or ``invalid``.
        """
        try:
            await self._check_password(caller, current, address)
        except LaneFull:
            _log_put_off(caller.email, address)
            raise _busy() from None
        except Refusal as refusal:
            _log_refused(caller.email, address, refusal.word)
            raise
        new_hash = await checked_hash("new_password", new, caller.name, caller.email)
        async with self._database.write() as connection:
            now = self._clock()
            await connection.execute(
                update(technicians)
                .where(technicians.c.id == caller.technician_id)
                .values({technicians.c.password_hash: new_hash})
            )
            await end_sign_ins(connection, caller.technician_id, now, but=caller.sign_in_id)
            # Their other consoles check their sign-in again and find that it has ended.
            await tell_me(connection, now, technician_ids=[caller.technician_id])
        self._stream.poke()

    async def _check_password(self, caller: Caller, current: str, address: str) -> None:
        attempt = await self._throttle.count_attempt(await self._buckets(caller.email, address))
        async with self._database.read() as connection:
            query = select(technicians.c.password_hash).where(
                technicians.c.id == caller.technician_id
            )
            password_hash = (await connection.execute(query)).scalar_one()
        if not await self._matches(attempt, current, password_hash, stranger=False):
            raise refuse(ProblemWord.WRONG_CREDENTIALS, "The present password is wrong.")
        await self._throttle.forgive(attempt)

    async def _matches(
        self, attempt: list[int], password: str, password_hash: str, *, stranger: bool
    ) -> bool:
        """Check a password; *attempt* is no guess if there are too many others before it.

        Raises:
            LaneFull: there are.
        """
        try:
            return await password_matches(password, password_hash, stranger=stranger)
        except LaneFull:
            await self._throttle.forgive(attempt)
            raise

    async def caller(self, access_token: str) -> tuple[Caller, datetime]:
        """Return who holds *access_token*, and when it expires.

        Raises:
            Refusal: ``not-signed-in``.
        """
        async with self._database.read() as connection:
            row = await find_token(connection, access_token, "access", self._clock())
            if row is None:
                raise _not_signed_in()
            return await _caller(connection, row), row.expires_at

    async def _knows(self, refresh_token: str) -> bool:
        """Look a token up without the write lock, which strangers must not occupy.

        Whether it has expired is found out under the lock, where the time is that of all nodes.
        """
        query = select(tokens.c.sign_in_id).where(
            tokens.c.token_hash == token_hash(refresh_token), tokens.c.kind == "refresh"
        )
        async with self._database.read() as connection:
            return (await connection.execute(query)).first() is not None

    async def stands(self, caller: Caller) -> bool:
        """Tell whether *caller*'s sign-in has not ended and their account is still enabled."""
        query = (
            select(sign_ins.c.id)
            .join(technicians, technicians.c.id == sign_ins.c.technician_id)
            .where(
                sign_ins.c.id == caller.sign_in_id,
                sign_ins.c.ended_at.is_(None),
                technicians.c.enabled,
            )
        )
        async with self._database.read() as connection:
            return (await connection.execute(query)).first() is not None


async def checked_hash(where: str, password: str, *known: str) -> str:
    """Return the hash of *password*, if it is good enough.

    Raises:
        Refusal: ``invalid``, naming *where*; ``too-many-attempts`` when the server is busy.
    """
    try:
        return await checked_password_hash(password, *known)
    except WeakPassword as error:
        raise invalid(where, str(error)) from error
    except LaneFull:
        raise _busy() from None


def _busy() -> Refusal:
    return refuse(
        ProblemWord.TOO_MANY_ATTEMPTS,
        f"Too many passwords are being checked now. Wait {BUSY_S} s and try again.",
        retry_after_s=BUSY_S,
    )


async def end_sign_ins(
    connection: AsyncConnection, technician_id: str, now: datetime, but: str | None = None
) -> None:
    """End every sign-in of a technician, except the sign-in with the id *but*.

    The devices and networks of the sign-ins that end are no longer known.
    """
    others = and_(sign_ins.c.technician_id == technician_id, sign_ins.c.id != (but or ""))
    await forget_places(connection, others)
    await connection.execute(
        update(sign_ins)
        .where(
            sign_ins.c.technician_id == technician_id,
            sign_ins.c.ended_at.is_(None),
            sign_ins.c.id != (but or ""),
        )
        .values({sign_ins.c.ended_at: now})
    )


def _log_refused(email: str, address: str, why: str) -> None:
    # For programs that shut out who guesses: docs/server.md shows them this line. The address
    # comes first, so that nothing that was typed stands before it.
    extra = {"address": address, "account": _shown_account(email), "why": why}
    _log.warning("Sign-in refused", extra=extra)


def _log_put_off(email: str, address: str) -> None:
    # No line for those programs: whoever meets it has done nothing wrong.
    extra = {"address": address, "account": _shown_account(email)}
    _log.warning("Sign-in put off: too many passwords are being checked", extra=extra)


def _shown_account(email: str) -> str:
    """Return what was typed as the account, unless it is something else, such as a password."""
    try:
        return check_address(email)
    except TextRefused:
        return "(not an e-mail address)"


async def _end(connection: AsyncConnection, sign_in_id: str, now: datetime) -> None:
    await connection.execute(
        update(sign_ins).where(sign_ins.c.id == sign_in_id).values({sign_ins.c.ended_at: now})
    )


async def _caller(connection: AsyncConnection, row: TokenRow) -> Caller:
    tree = await read_tree(connection)
    group = tree.get(row.group_id)
    assert group is not None, "the foreign key guarantees the group"
    permissions = tree.permissions(row.group_id)
    if row.mobile_module:
        permissions |= {Permission.MOBILE_MODULE}
    return Caller(
        technician_id=row.id,
        sign_in_id=row.sign_in_id,
        name=row.name,
        email=row.email,
        administrator=row.administrator,
        group_id=row.group_id,
        group_name=group.name,
        permissions=permissions,
        settings=tree.settings(row.group_id),
        visible_groups=frozenset(below.id for below in tree.below(row.group_id)),
        path=frozenset(above.id for above in tree.path(row.group_id)),
        away=row.away_since is not None,
    )
