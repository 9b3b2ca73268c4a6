"""How the applet gets into a session: it finds the server and the invitation, then joins."""

import asyncio
from collections.abc import Awaitable, Callable

from rescue_console.applet.arriving.arrived import Arrived
from rescue_console.applet.arriving.joining import join, link_of_pin
from rescue_console.applet.arriving.options import Options
from rescue_console.applet.arriving.this_computer import device_platform
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import AskJoin, AskPin, AskServer, Busy, ConfirmServer, View
from rescue_console.network.errors import ClientError, Refused, Unreachable
from rescue_console.network.server_address import AddressRefused, ServerAddress, read_address
from rescue_console.network.tls import tls_context
from rescue_console.protocol.links import read_link, read_pin
from rescue_console.protocol.problems import ProblemWord


class Arriving:
    """Asks the person for whatever is missing until the applet has joined.

    Args:
        show: Shows a view.
        typed: Waits for the person's answer to the view on show, and returns it.
    """

    def __init__(
        self, texts: Texts, show: Callable[[View], None], typed: Callable[[], Awaitable[str]]
    ) -> None:
        self._texts = texts
        self._show = show
        self._typed = typed

    async def arrive(self, options: Options) -> Arrived:
        """Return the session that the applet has joined.

        It joins nothing before the person has pressed a button: a scanner that runs downloads must
        not use up an invitation.
        """
        server = await self._server(options)
        tls = await asyncio.to_thread(tls_context) if server.secure else None
        link = options.link
        problem = ""
        if link is not None and not options.confirm:
            self._show(AskJoin(_host(server)))
            await self._typed()
        while True:
            try:
                if link is None:
                    self._show(AskPin(problem))
                    typed = await self._typed()
                    link, pin = read_link(typed), read_pin(typed)
                    if link is None and pin is None:
                        problem = self._texts("A PIN code has 6 to 12 digits. Check it.")
                        continue
                    if pin is not None:
                        link = await asyncio.to_thread(link_of_pin, server, pin, tls)
                assert link is not None, "the person was asked for it"
                self._show(Busy(self._texts("Connecting…")))
                joined = await asyncio.to_thread(join, server, link, device_platform(), tls)
                return Arrived(server, tls, joined)
            except Refused as refused:
                if refused.problem.word == ProblemWord.ALREADY_EXISTS:
                    # The server takes a while to notice that a device has been switched off.
                    await self._wait_to_retry(
                        self._texts(
                            "The applet is already connected to this session: look for its other "
                            "window. If there is none, wait a minute and try again."
                        )
                    )
                    continue
                problem = self._refusal(refused, by_pin=link is None)
                link = None
            except ClientError as error:
                await self._wait_to_retry(self._no_way(error))

    async def _server(self, options: Options) -> ServerAddress:
        server, problem = options.server, ""
        while True:
            if server is None:
                self._show(AskServer(problem))
                server, problem = self._read(await self._typed())
                continue
            if not options.confirm or await self._confirmed(server):
                return server
            server = None

    def _read(self, typed: str) -> tuple[ServerAddress | None, str]:
        try:
            server = read_address(typed)
        except AddressRefused:
            return None, self._texts("This is not a valid address.")
        if server.exposed:
            return None, self._texts(
                "The connection to this address would not be protected. Use an address that "
                "begins with https://."
            )
        return server, ""

    async def _confirmed(self, server: ServerAddress) -> bool:
        self._show(ConfirmServer(_host(server)))
        return await self._typed() == "yes"

    def _no_way(self, error: ClientError) -> str:
        if isinstance(error, Unreachable) and error.proxy:
            return self._texts(
                "The proxy {proxy} does not lead to the server. Tell your technician.",
                proxy=error.proxy,
            )
        return self._texts("The server cannot be reached. Check your Internet connection.")

    async def _wait_to_retry(self, text: str) -> None:
        self._show(Busy(text, retry=True))
        await self._typed()

    def _refusal(self, refused: Refused, *, by_pin: bool) -> str:
        if refused.problem.word == ProblemWord.TOO_MANY_ATTEMPTS:
            return self._texts("Too many attempts. Wait a moment and try again.")
        if by_pin:
            return self._texts("This PIN code does not work. Check it with your technician.")
        return self._texts(
            "This invitation does not work any more. If the session is open in your browser, "
            "download the applet there again. If not, ask your technician for a new invitation."
        )


def _host(server: ServerAddress) -> str:
    return server.url.partition("://")[2]
