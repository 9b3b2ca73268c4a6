"""One session from joining to its end: keeps the parts together and shows where it stands."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from pathlib import Path

from rescue_console.applet.arriving.arriving import Arrived
from rescue_console.applet.consent.duty import Duty
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.consent.own_windows import OwnWindows
from rescue_console.applet.duties.duties import make_duties
from rescue_console.applet.duties.files import Files
from rescue_console.applet.duties.hands import Hands
from rescue_console.applet.duties.restart import Reboot
from rescue_console.applet.link.console_channel import ConsoleChannel
from rescue_console.applet.link.live import Live, Lost
from rescue_console.applet.machine.base import Machine
from rescue_console.applet.returning.way_back import WayBack
from rescue_console.applet.window.sharing_page import SharingPage
from rescue_console.applet.window.shown_text import NAME_MAX, shown
from rescue_console.applet.window.texts import Texts
from rescue_console.applet.window.views import Ended, Helping, Restarting, View
from rescue_console.peer.files.sources import TooManyFiles
from rescue_console.peer.files.transfer import Transfer, TransferState
from rescue_console.peer.relay import RelayRoute
from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.customer import CustomerState, SignalShown, StaysOn
from rescue_console.protocol.links import build_link
from rescue_console.protocol.powers import Power
from rescue_console.protocol.restart import RestartProblem
from rescue_console.protocol.security_code import security_code
from rescue_console.protocol.signals import Signal, SignalKind
from rescue_console.protocol.statuses import HELPED

FAREWELL_S = 5.0
"""How long the applet waits for the server to hear that the customer has ended the session."""

_FINGERPRINT_BYTES = 32


class HelpedSession:
    """The session that the applet is in. Made and run within the loop.

    Args:
        show: Shows a view.
        read_clipboard, write_clipboard: The window's.
        way_back: By which the applet has come back into the session after a restart.
    """

    def __init__(
        self,
        arrived: Arrived,
        texts: Texts,
        own_windows: OwnWindows,
        show: Callable[[View], None],
        read_clipboard: Callable[[], Awaitable[str]],
        write_clipboard: Callable[[str], None],
        machine: Machine,
        way_back: WayBack | None = None,
    ) -> None:
        self._arrived = arrived
        self._texts = texts
        self._own_windows = own_windows
        self._show = show
        self._loop = asyncio.get_running_loop()
        self._state: CustomerState | None = None
        self._lost = False
        self._stopped = False
        self._question: Power | None = None
        self._code = ""
        self._last_notice = ""
        self._no_control = ""
        self._duties: list[Duty] = []
        self._finished = asyncio.Event()
        token = arrived.joined.token
        returned = way_back is not None
        self._live = Live(arrived.server, token, texts.language, arrived.tls, returned=returned)
        self._pin = way_back.pin if way_back else ""
        self._grants = Grants(self._power_ended, way_back.powers if way_back else None)
        self._channel = self._make_channel(token)
        self._sharing = self._make_sharing_page()
        self._hands = Hands(self._grants, own_windows, self._channel.post, self.stop)
        self._channel.why_not = self._hands.why_not
        self._channel.no_attention = self._hands.no_attention
        self._files = Files(self._grants, self._channel.post, self._channel.send, self._transferred)
        self._reboot = Reboot(
            machine,
            self._grants,
            self._channel.post,
            self._way_back,
            self._refresh,
            self._restart_ended,
        )
        self._duties = make_duties(
            self._channel,
            self._grants,
            self._hands,
            self._files,
            self._reboot,
            read_clipboard,
            write_clipboard,
        )
        self._channel.employ(self._duties)

    def _make_sharing_page(self) -> SharingPage:
        link, number = self._arrived.link, ConnectionMethod.LINK.link_number
        url = build_link(self._arrived.server.url, number, link.code, link.key)
        return SharingPage(url, self._texts, self._refresh)

    def _make_channel(self, token: str) -> ConsoleChannel:
        async def introduce() -> dict[str, str]:
            return {"applet_token": token}

        route = RelayRoute(
            server=self._arrived.server,
            session_id=self._arrived.joined.session_id,
            introduce=introduce,
            tls=self._arrived.tls,
        )
        return ConsoleChannel(route, self._grants, lambda: self._hands.screens(), self._refresh)

    async def run(self) -> Ended:
        """Live until the session is over; return how it ended."""
        try:
            async with aclosing(self._live.follow()) as said:
                async for message in said:
                    match message:
                        case CustomerState():
                            self._told(message)
                            if message.status not in HELPED:
                                # Whoever goes on with the session shows their own certificate.
                                await self._channel.close()
                        case SignalShown():
                            await self._signalled(message.signal)
                        case Lost():
                            self._lost = True
                            self._refresh()
                        case _:
                            pass
        finally:
            self._finished.set()
            await self._reboot.aclose()
            self._grants.told({})
            await self._channel.close()
            await self._files.aclose()
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.to_thread(self._hands.close), FAREWELL_S)
        return self._ended()

    def answer(self, power: Power, *, allowed: bool) -> None:
        """The customer answers what is asked."""
        self._stopped = False
        if allowed:
            self._grants.allow(power)
        else:
            self._grants.take_back([power])
        self._live.answer(power, granted=allowed)
        self._refresh()

    def take_back(self, power: Power) -> None:
        """Take one power back; from any thread, done on return, told afterwards."""
        self._grants.take_back([power])
        self._loop.call_soon_threadsafe(lambda: self.answer(power, allowed=False))

    def stop(self) -> None:
        """Take everything back; from any thread, done on return, told afterwards."""
        self._grants.take_back(Power)
        self._loop.call_soon_threadsafe(self._tell_stop)

    @property
    def seen(self) -> bool:
        """Whether the server has shown the session at all."""
        return self._state is not None

    @property
    def asked(self) -> list[Power]:
        """What the technician asks for and the customer has not answered."""
        return self._grants.asked()

    def restart_now(self) -> None:
        """The customer does not wait for the end of the countdown."""
        self._reboot.hurry()

    def cancel_restart(self) -> None:
        """The customer does not want the restart, and no other one unasked."""
        self._reboot.call_off(RestartProblem.CANCELLED)
        self.answer(Power.REBOOT, allowed=False)

    async def leave(self) -> None:
        """End the session, as the customer wants."""
        self.stop()
        if self._lost:
            return
        self._live.leave()
        try:
            await asyncio.wait_for(self._finished.wait(), FAREWELL_S)
        except TimeoutError:
            return

    def share(self) -> None:
        """Open the page on which the screen is shared."""
        self._sharing.open()

    async def send_files(self, paths: list[Path]) -> None:
        """Send files that the customer has chosen."""
        try:
            await self._files.send(paths)
        except TooManyFiles:
            self._last_notice = self._texts("These are too many files at once.")
            self._refresh()

    def _transferred(self, transfer: Transfer) -> None:
        if not transfer.over or transfer.path is None:
            return
        done = transfer.state is TransferState.DONE
        if not done:
            text = self._texts("Not transferred: {name}", name=transfer.path.name)
        elif transfer.incoming:
            text = self._texts(
                "Received: {name}, in {folder}",
                name=transfer.path.name,
                folder=str(transfer.path.parent),
            )
        else:
            text = self._texts("Sent: {name}", name=transfer.path.name)
        self._last_notice = text
        self._refresh()

    def _restart_ended(self, problem: RestartProblem, detail: str) -> None:
        if problem in (RestartProblem.CANCELLED, RestartProblem.TAKEN_BACK):
            # The server learns it by the power's end.
            self._last_notice = self._texts("The restart was cancelled.")
        else:
            self._last_notice = self._texts("This computer was not restarted.")
            self._live.stays_on(StaysOn(problem=problem, detail=detail))
        self._refresh()

    def _way_back(self) -> WayBack:
        joined, link, state = self._arrived.joined, self._arrived.link, self._state
        return WayBack(
            server_url=self._arrived.server.url,
            session_id=joined.session_id,
            token=joined.token,
            code=link.code,
            key=link.key,
            technician=state.technician if state else joined.technician,
            organization=joined.organization,
            # The consent to a restart is good for this one.
            powers=[power for power in self._grants.granted() if power is not Power.REBOOT],
            pin=self._pin,
            written_at=time.time(),
        )

    def _tell_stop(self) -> None:
        # Once more: what was allowed before Stop may have waited for the loop.
        self._grants.take_back(Power)
        for power in Power:
            self._live.answer(power, granted=False)
        self._stopped = True
        self._refresh()

    def _told(self, state: CustomerState) -> None:
        self._state, self._lost = state, False
        self._grants.told(state.consents if state.status in HELPED else {})
        # Said before a restart, or into a connection that was dying.
        for power, granted in self._grants.unheard().items():
            self._live.answer(power, granted=granted)
        self._refuse_impossible(state)
        self._sharing.told(asked=Power.VIEW in self.asked, page_open=state.page)
        self._refresh()

    def _refuse_impossible(self, state: CustomerState) -> None:
        """Answer a question for control in the customer's place where nothing could come of it."""
        why_not = self._hands.why_not
        if why_not and Power.CONTROL in (*self._grants.asked(), *self._grants.granted()):
            self.answer(Power.CONTROL, allowed=False)
            self._no_control = self._texts(
                "{technician} has asked to use your mouse and keyboard. That is not possible "
                "here: {why}",
                technician=self._technician(state),
                why=self._texts.hindrance(why_not),
            )

    async def _signalled(self, signal: Signal) -> None:
        if signal.kind is not SignalKind.RELAY_READY:
            return
        try:
            pin = bytes.fromhex(signal.body)
        except ValueError:
            return
        if len(pin) != _FINGERPRINT_BYTES:
            return
        if self._pin and pin.hex() != self._pin:
            # Whoever it is that comes now, it was not them whom the customer has allowed anything.
            self._grants.ask_again()
        self._pin = pin.hex()
        if pin != self._channel.pin:
            # Slow on purpose: see protocol.security_code.
            self._code = await asyncio.to_thread(security_code, pin)
        await self._channel.open(pin)

    def _power_ended(self, power: Power) -> None:
        for duty in self._duties:
            duty.power_ended(power)

    def _refresh(self) -> None:
        state, seconds = self._state, self._reboot.seconds
        self._own_windows.asks(seconds is not None)
        if state is None or state.over:
            return
        if seconds is not None:
            self._show(Restarting(self._technician(state), seconds, self._notice()))
            return
        asked = self.asked
        if self._question not in asked:
            # Else another one would take its place under the pointer.
            self._question = asked[0] if asked else None
        self._show(
            Helping(
                organization=shown(self._arrived.joined.organization, NAME_MAX),
                technician=self._technician(state),
                title=shown(state.title),
                text=shown(state.text),
                granted=tuple(self._grants.granted()),
                asked=self._question,
                security_code=self._code if self._channel.connected else "",
                notice=self._notice(),
                betrayed=self._channel.betrayed,
                stop_keys=self._hands.stop_keys,
                no_control=self._no_control,
            )
        )

    def _notice(self) -> str:
        notices = []
        if self._lost:
            notices.append(self._texts("Connection lost. Trying again…"))
        elif self._stopped and not self._grants.granted():
            notices.append(self._texts("Everything was stopped."))
        if Power.VIEW in self._grants.unknown_to_server():
            notices.append(
                self._texts(
                    "The picture ends once the server answers. To end it now, close the page in "
                    "your browser."
                )
            )
        return " ".join(notices) or self._sharing.notice or shown(self._last_notice)

    def _technician(self, state: CustomerState) -> str:
        return shown(state.technician or self._arrived.joined.technician, NAME_MAX)

    def _ended(self) -> Ended:
        if self._state is not None and self._state.over:
            title = shown(self._state.title) or self._texts("The session is over.")
            return Ended(title, shown(self._state.text))
        # The server no longer knows this applet, and does not say why.
        return Ended(
            self._texts("This window is no longer needed."),
            self._texts("The session is over, or goes on in another window of the applet."),
        )
