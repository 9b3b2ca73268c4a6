"""One technician signed in to one server: everything a sign-in provides, opened as a whole."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial

from rescue_console.client.api import RescueApi
from rescue_console.client.credentials import Credentials
from rescue_console.client.events import EventStream
from rescue_console.client.tokens import Tokens
from rescue_console.client.transport import Transport
from rescue_console.network.errors import ClientError, SignedOut
from rescue_console.network.server_address import ServerAddress
from rescue_console.peer.relay import RelayRoute
from rescue_console.protocol.answers import Me
from rescue_console.system.computer_name import computer_name

_log = logging.getLogger(__name__)


class Account:
    """An open sign-in: its API calls, its events, and who is signed in.

    Open one with ``open_with_password`` or ``open_with_token``. ``sign_out``, ``forget``, ``close``
    and the calls of ``api`` block: use them from a thread.

    Attributes:
        me: Who is signed in, as of the sign-in.
    """

    def __init__(
        self,
        transport: Transport,
        tokens: Tokens,
        api: RescueApi,
        me: Me,
        forget: Callable[[], None],
    ) -> None:
        self.server = transport.server
        self.api = api
        self.me = me
        self._transport = transport
        self._tokens = tokens
        self._forget = forget

    def events(self) -> EventStream:
        """Return the event stream of this sign-in; it connects when followed."""

        async def access_token(refused: str | None) -> str:
            find = (
                self._tokens.access_token
                if refused is None
                else partial(self._tokens.replace, refused)
            )
            return await asyncio.get_running_loop().run_in_executor(None, find)

        return EventStream(
            self._transport,
            access_token,
            self._tokens.seconds_left,
            partial(self.api.news, computer=computer_name()),
            computer=computer_name(),
        )

    def relay_route(self, session_id: str) -> RelayRoute:
        """Return what a console needs to connect to the relay of a session."""

        async def introduce() -> dict[str, str]:
            find = self._tokens.access_token
            return {"access_token": await asyncio.get_running_loop().run_in_executor(None, find)}

        return RelayRoute(
            server=self.server,
            session_id=session_id,
            introduce=introduce,
            tls=self._transport.tls(),
        )

    def sign_out(self) -> None:
        """Forget the sign-in here and, if the server can be reached, end it there."""
        self._forget()
        try:
            self._tokens.sign_out()
        except ClientError as error:
            _log.info("The server was not told of the sign-out: %s", error)

    def forget(self) -> None:
        """Forget a sign-in that the server has ended."""
        self._forget()

    def close(self) -> None:
        """Close the connections; the sign-in stays valid."""
        self._transport.close()


def open_with_password(
    server: ServerAddress, email: str, password: str, credentials: Credentials | None
) -> Account:
    """Sign in; *credentials*, if given, keep the sign-in for the next start.

    Raises:
        ClientError: see ``Tokens.sign_in``.
    """
    device = credentials.load_device(server.url, email) if credentials is not None else None
    return _open(server, email, credentials, lambda tokens: tokens.sign_in(email, password, device))


def open_with_token(server: ServerAddress, email: str, credentials: Credentials) -> Account | None:
    """Continue the sign-in that *credentials* have kept; return ``None`` if they have kept none.

    Raises:
        SignedOut: the sign-in is no longer valid; it is then forgotten.
        ClientError: see ``Tokens.resume``; the sign-in stays kept.
    """
    refresh_token = credentials.load(server.url, email)
    if refresh_token is None:
        return None
    try:
        return _open(server, email, credentials, lambda tokens: tokens.resume(refresh_token))
    except SignedOut:
        credentials.forget(server.url, email)
        raise


def _open(
    server: ServerAddress,
    email: str,
    credentials: Credentials | None,
    begin: Callable[[Tokens], None],
) -> Account:
    def keep(refresh_token: str) -> None:
        if credentials is not None:
            credentials.store(server.url, email, refresh_token)

    def keep_device(device: str) -> None:
        if credentials is not None:
            credentials.store_device(server.url, email, device)

    def forget() -> None:
        if credentials is not None:
            credentials.forget(server.url, email)

    transport = Transport(server)
    try:
        tokens = Tokens(transport, keep, keep_device)
        begin(tokens)
        api = RescueApi(transport, tokens)
        return Account(transport, tokens, api, api.me(), forget)
    except BaseException:
        transport.close()
        raise
