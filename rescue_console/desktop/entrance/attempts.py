"""Tries to sign in on another thread, and undoes an attempt that was given up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from rescue_console.desktop.program.jobs import Jobs
from rescue_console.network.errors import ClientError
from rescue_console.network.server_address import ServerAddress

if TYPE_CHECKING:
    from rescue_console.client.account import Account
    from rescue_console.client.credentials import Credentials, KeyringTrouble

T = TypeVar("T")

_log = logging.getLogger(__name__)


class SignInAttempts:
    """Opens accounts. The libraries for it are loaded at the first attempt, not at startup."""

    def __init__(self) -> None:
        self._credentials: Credentials | None = None

    @property
    def keyring_trouble(self) -> KeyringTrouble | None:
        """Why a sign-in cannot be kept across starts, as far as is known."""
        return self._credentials.trouble if self._credentials is not None else None

    async def with_token(self, server: ServerAddress, email: str) -> Account | None:
        """Resume the sign-in that was kept; return ``None`` when none was.

        Raises:
            ClientError: see ``client.account.open_with_token``.
        """

        def attempt() -> Account | None:
            from rescue_console.client.account import open_with_token

            return open_with_token(server, email, self._open_credentials())

        def undo(account: Account | None) -> None:
            if account is not None:
                account.close()

        return await _attempt(attempt, undo)

    async def with_password(self, server: ServerAddress, email: str, password: str) -> Account:
        """Sign in with a password and keep the sign-in where that is possible.

        Raises:
            ClientError: see ``client.account.open_with_password``.
        """

        def attempt() -> Account:
            from rescue_console.client.account import open_with_password

            return open_with_password(server, email, password, self._open_credentials())

        def undo(account: Account) -> None:
            account.sign_out()
            account.close()

        return await _attempt(attempt, undo)

    def _open_credentials(self) -> Credentials:
        if self._credentials is None:
            from rescue_console.client.credentials import Credentials

            self._credentials = Credentials()
        return self._credentials


async def _attempt(attempt: Callable[[], T], undo: Callable[[T], object]) -> T:
    """Run *attempt* on a thread and return its result; *undo* it if the caller is cancelled."""
    task = asyncio.ensure_future(Jobs.in_thread(attempt))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        task.add_done_callback(lambda done: _undo(done, undo))
        raise


def _undo(done: asyncio.Future[T], undo: Callable[[T], object]) -> None:
    if done.cancelled():
        return
    error = done.exception()
    if error is None:
        asyncio.get_running_loop().run_in_executor(None, undo, done.result())
    elif not isinstance(error, ClientError):
        _log.error("A sign-in that was given up failed", exc_info=error)
