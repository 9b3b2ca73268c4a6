"""The loop of one session: it acts on what the server says and what the customer wants."""

import asyncio
import time
from contextlib import aclosing, suppress
from dataclasses import replace
from pathlib import Path

from rescue_console.applet.arriving.arrived import Arrived, way_back_into
from rescue_console.applet.consent.grants import Grants
from rescue_console.applet.link.live import Lost
from rescue_console.applet.returning.way_back import WayBack
from rescue_console.applet.session.fingerprint import fingerprint
from rescue_console.applet.session.notices import (
    CALLED_OFF,
    control_notice,
    restart_notice,
    transfer_notice,
)
from rescue_console.applet.session.parts import make_parts
from rescue_console.applet.session.situation import Situation, next_question
from rescue_console.applet.session.surroundings import Surroundings
from rescue_console.applet.session.view import ended_view, view_of
from rescue_console.applet.window.views import Ended
from rescue_console.peer.files.sources import TooManyFiles
from rescue_console.peer.files.transfer import Transfer
from rescue_console.protocol.customer import CustomerState, SignalShown, StaysOn, ToCustomer
from rescue_console.protocol.powers import Power
from rescue_console.protocol.restart import RestartProblem
from rescue_console.protocol.signals import Signal
from rescue_console.protocol.statuses import HELPED

FAREWELL_S = 5.0
"""How long the applet waits for the server to hear that the customer has ended the session."""


class HelpedSession:
    """The session that the applet is in. Created and run within the loop.

    Args:
        returned_by: What brought the applet back into the session after a restart; None when
            there was none.
    """

    def __init__(
        self, arrived: Arrived, around: Surroundings, returned_by: WayBack | None = None
    ) -> None:
        self._arrived = arrived
        self._texts = around.texts
        self._around = around
        self._loop = asyncio.get_running_loop()
        self._finished = asyncio.Event()
        self._situation = Situation(arrived.joined.organization, arrived.joined.technician)
        self._pin = returned_by.pin if returned_by else ""
        # Made before the parts: while these are made, the keys that stop everything may be pressed.
        self._grants = Grants(self._power_ended, returned_by.powers if returned_by else None)
        self._parts = make_parts(
            self, arrived, around, self._grants, returned=returned_by is not None
        )

    async def run(self) -> Ended:
        """Run until the session is over; return the view that says how it ended."""
        try:
            async with aclosing(self._parts.live.follow()) as said:
                async for message in said:
                    await self._hear(message)
        finally:
            self._finished.set()
            await self._close()
        return ended_view(self._situation, self._texts)

    # What the customer wants:

    def answer(self, power: Power, *, allowed: bool) -> None:
        """Act on the customer's answer to a request for *power*."""
        if allowed:
            self._grants.allow(power)
        else:
            self._grants.take_back([power])
        self._parts.live.answer(power, granted=allowed)
        self._go_on(replace(self._situation, stopped=False))

    def take_back(self, power: Power) -> None:
        """Take one power back before returning, and tell the server later; for any thread."""
        self._grants.take_back([power])
        self._loop.call_soon_threadsafe(lambda: self.answer(power, allowed=False))

    def stop(self) -> None:
        """Take every power back before returning, and tell the server later; for any thread."""
        self._grants.take_back(Power)
        self._loop.call_soon_threadsafe(self._tell_stop)

    def restart_now(self) -> None:
        """Restart without waiting for the end of the countdown."""
        self._parts.restart.hurry()

    def cancel_restart(self) -> None:
        """Cancel the restart and take back the power, so that the next one must be asked for."""
        self._parts.restart.call_off(RestartProblem.CANCELLED)
        self.answer(Power.REBOOT, allowed=False)

    async def leave(self) -> None:
        """End the session because the customer wants to."""
        self.stop()
        if self._situation.lost:
            return
        self._parts.live.leave()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._finished.wait(), FAREWELL_S)

    def share(self) -> None:
        """Open the page on which the screen is shared."""
        self._parts.sharing.open()

    async def send_files(self, paths: list[Path]) -> None:
        """Send the files that the customer has chosen."""
        try:
            await self._parts.files.send(paths)
        except TooManyFiles:
            self._go_on(
                replace(self._situation, news=self._texts("These are too many files at once."))
            )

    # What others may ask:

    @property
    def seen(self) -> bool:
        """Whether the server has said anything about the session yet."""
        return self._situation.state is not None

    @property
    def asked(self) -> list[Power]:
        """The powers that the customer must still answer for."""
        return self._grants.asked()

    # What the parts call:

    def refresh(self) -> None:
        """Bring the situation up to date and show it."""
        parts, grants = self._parts, self._grants
        self._situation = now = replace(
            self._situation,
            question=next_question(self._situation.question, grants.asked()),
            granted=tuple(grants.granted()),
            picture_goes_on=Power.VIEW in grants.unknown_to_server(),
            connected=parts.channel.connected,
            security_code=parts.channel.code,
            betrayed=parts.channel.betrayed,
            stop_keys=parts.hands.stop_keys,
            seconds=parts.restart.seconds,
            sharing=parts.sharing.notice,
        )
        self._around.own_windows.asks(now.seconds is not None)
        view = view_of(now, self._texts)
        if view is not None:
            self._around.show(view)

    def transferred(self, transfer: Transfer) -> None:
        """Tell the customer how a transfer has ended."""
        text = transfer_notice(transfer, self._texts)
        if text:
            self._go_on(replace(self._situation, news=text))

    def restart_ended(self, problem: RestartProblem, detail: str) -> None:
        """Tell the customer, and if need be the server, that the restart does not happen."""
        if problem not in CALLED_OFF:
            self._parts.live.stays_on(StaysOn(problem=problem, detail=detail))
        self._go_on(replace(self._situation, news=restart_notice(problem, self._texts)))

    def way_back(self) -> WayBack:
        """Return what the applet must know to come back; from any thread."""
        state = self._situation.state
        return way_back_into(
            self._arrived,
            technician=state.technician if state else self._arrived.joined.technician,
            # The customer's consent covers this restart only.
            powers=[power for power in self._grants.granted() if power is not Power.REBOOT],
            pin=self._pin,
            written_at=time.time(),
        )

    # What the server says:

    async def _hear(self, message: ToCustomer | Lost) -> None:
        match message:
            case CustomerState():
                self._update(message)
                if message.status not in HELPED:
                    # Whoever goes on with the session announces their own certificate.
                    await self._parts.channel.close()
            case SignalShown():
                await self._signalled(message.signal)
            case Lost():
                self._go_on(replace(self._situation, lost=True, blocked=message.blocked))
            case _:
                pass

    def _update(self, state: CustomerState) -> None:
        self._situation = replace(self._situation, state=state, lost=False, blocked=False)
        self._grants.update(state.consents if state.status in HELPED else {})
        # Answers may have been lost in a restart or in a dying connection.
        for power, granted in self._grants.unheard().items():
            self._parts.live.answer(power, granted=granted)
        self._refuse_impossible()
        self._parts.sharing.update(asked=Power.VIEW in self.asked, page_open=state.page)
        self.refresh()

    def _refuse_impossible(self) -> None:
        """Refuse control in the customer's place where this computer does not allow it."""
        why_not = self._parts.hands.why_not
        if why_not and Power.CONTROL in (*self._grants.asked(), *self._grants.granted()):
            self.answer(Power.CONTROL, allowed=False)
            text = control_notice(self._situation.technician, why_not, self._texts)
            self._situation = replace(self._situation, no_control=text)

    async def _signalled(self, signal: Signal) -> None:
        pin = fingerprint(signal)
        if pin is None:
            return
        if self._pin and pin.hex() != self._pin:
            # This may not be the console that the customer has allowed something.
            self._grants.ask_again()
        self._pin = pin.hex()
        await self._parts.channel.open(pin)

    # What follows:

    def _go_on(self, situation: Situation) -> None:
        self._situation = situation
        self.refresh()

    def _power_ended(self, power: Power) -> None:
        for duty in self._parts.duties:
            duty.power_ended(power)

    def _tell_stop(self) -> None:
        # Take back again: an answer given before Stop may only now have reached the loop.
        self._grants.take_back(Power)
        for power in Power:
            self._parts.live.answer(power, granted=False)
        self._go_on(replace(self._situation, stopped=True))

    async def _close(self) -> None:
        await self._parts.restart.aclose()
        self._grants.update({})
        await self._parts.channel.close()
        await self._parts.files.aclose()
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.to_thread(self._parts.hands.close), FAREWELL_S)
