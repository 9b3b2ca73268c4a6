"""A session in which a page has joined and the technician helps."""

import msgspec
from playwright.sync_api import Page, expect

from rescue_console.protocol.answers import ChatMessage, Session
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.customer import Answered
from rescue_console.protocol.events import SignalSent
from rescue_console.protocol.hindrances import PowerHindrance
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.requests import SendChat, SendSignal
from rescue_console.protocol.signals import SignalKind
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.events.log import SIGNAL_SENT, read_after
from rescue_console.server.pages.visit import CUSTOMER_COOKIE
from tests.stage.customers.beside import cookies_of
from tests.stage.customers.site import Site
from tests.stage.until import WAIT_S


class HelpedSession:
    """One active session, and the technician's side of it."""

    def __init__(self, site: Site, session: Session) -> None:
        self.site = site
        self.session = session

    def read(self) -> Session:
        return self.site.do(self.site.sessions.read(self.site.caller, self.session.id))

    def consent(self, power: Power) -> Consent:
        return self.read().consents.get(power, Consent.NONE)

    def hindrance(self, power: Power) -> str | None:
        return self.read().hindrances.get(power)

    def wait_for_hindrance(self, power: Power, hindrance: PowerHindrance | None) -> None:
        """Return once the technician is told that *hindrance* keeps the power away, or none."""

        async def holds() -> bool:
            session = await self.site.sessions.read(self.site.caller, self.session.id)
            return session.hindrances.get(power) == hindrance

        self.site.until(holds)

    def ask(self, power: Power) -> None:
        self.site.do(self.site.parts.powers.ask(self.site.caller, self.session.id, power))

    def drop(self, power: Power) -> None:
        self.site.do(self.site.parts.powers.drop(self.site.caller, self.session.id, power))

    def allow_in_applet(self, power: Power) -> None:
        """Let the customer allow *power* in the applet's window."""
        answered = Answered(power=power, granted=True)
        self.site.do(self.site.parts.helping.answered(self.session.id, answered))

    def restart(self) -> None:
        self.site.do(self.site.parts.restarts.begin(self.site.caller, self.session.id))

    def say(self, text: str, key: str) -> ChatMessage:
        request = SendChat(text=text, key=key)
        return self.site.do(self.site.parts.chat.say(self.site.caller, self.session.id, request))

    def type(self) -> None:
        request = SendSignal(kind=SignalKind.TYPING)
        self.site.do(self.site.parts.signals.send(self.site.caller, self.session.id, request))

    def wait_for_chat(self, *texts: str) -> None:
        """Return once exactly *texts* have been said."""
        chat, caller = self.site.parts.chat, self.site.caller

        async def holds() -> bool:
            page = await chat.read(caller, self.session.id, 0)
            return [message.text for message in page.items] == list(texts)

        self.site.until(holds)

    def wait_for_consent(self, power: Power, consent: Consent) -> None:
        """Return once the consent to *power* is *consent*."""

        async def holds() -> bool:
            session = await self.site.sessions.read(self.site.caller, self.session.id)
            return session.consents.get(power, Consent.NONE) is consent

        self.site.until(holds)

    def sent(self, kind: SignalKind) -> list[str]:
        """Return the bodies of the signals of *kind* that were sent to the technician."""
        return self.site.do(self._sent(kind))

    def wait_for_sent(self, kind: SignalKind, count: int) -> None:
        """Return once at least *count* signals of *kind* were sent to the technician."""

        async def holds() -> bool:
            return len(await self._sent(kind)) >= count

        self.site.until(holds)

    async def _sent(self, kind: SignalKind) -> list[str]:
        async with self.site.database.read() as connection:
            logged = await read_after(connection, 0, 100_000)
        signals = [
            msgspec.json.decode(event.message, type=SignalSent).signal
            for event in logged
            if event.kind == SIGNAL_SENT and event.session_id == self.session.id
        ]
        return [signal.body for signal in signals if signal.kind is kind]


class Helped(HelpedSession):
    """One active session with its page, and the technician's side of it."""

    def __init__(self, site: Site, page: Page, *, language: str = "en") -> None:
        super().__init__(site, site.create(name="Jean Dupont"))
        self.page = page
        page.goto(f"{self.session.link}&lang={language}")
        page.locator("button.main").click()
        page.wait_for_url(f"{site.url}/Customer/Session")
        site.wait_for(self.session, SessionStatus.WAITING)
        site.start(self.session)
        expect(page.locator("#chat-form")).to_be_visible(timeout=WAIT_S * 1000)

    def bring_applet(self) -> None:
        """Let the applet join beside the page."""
        self.site.do(self._bring_applet(cookies_of(self.page)[CUSTOMER_COOKIE]))

    async def _bring_applet(self, page: str) -> None:
        helping = self.site.parts.helping
        link = await self.site.customers.applet_pass(None, page)
        assert link is not None
        assert await helping.join_with_applet(link.code, link.key, DevicePlatform.LINUX)
        await helping.applet_connected(self.session.id, connected=True)
