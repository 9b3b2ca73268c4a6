"""The only stand-in for calls to the server in tests of dialogs.

It handles idempotency keys the way the server does, can be told to fail or to hold back an answer,
and records the requests.
"""

import asyncio
from collections import deque
from datetime import UTC, datetime, timedelta

from rescue_console.network.errors import ClientError
from rescue_console.protocol.answers import (
    ChatMessage,
    ChatPage,
    Colleague,
    Colleagues,
    Email,
    GroupRef,
    IceServers,
    LogEntry,
    MailText,
    Session,
    SessionLog,
    TechnicianRef,
    Transfer,
)
from rescue_console.protocol.choices import ConnectionMethod, EmailState, Language
from rescue_console.protocol.limits import CHAT_PAGE_SIZE
from rescue_console.protocol.links import build_link
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.requests import (
    CreateSession,
    PreviewMail,
    SendChat,
    SendSignal,
    SetAvailability,
    TakeSeat,
    TransferSession,
    WriteNotes,
)
from rescue_console.protocol.statuses import SessionStatus

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PUBLIC_URL = "https://help.example.org"
KEY = "abcdefghijklmnopqrst-_"


class FakeCalls:
    """Implements ``desktop.link.calls.Calls`` without a server."""

    def __init__(self) -> None:
        self.sessions: dict[str, Session] = {}
        """By idempotency key."""
        self.emails: dict[str, Email] = {}
        """By idempotency key."""
        self.create_requests: list[CreateSession] = []
        self.preview_requests: list[PreviewMail] = []
        self.transfer_requests: list[TransferSession] = []
        self.said: dict[str, ChatMessage] = {}
        """The chat messages, by key."""
        self.last_chat_number = 0
        self.chat_reads = 0
        self.pages_whole_chat = False
        """Whether the chat is read as from a server of version 0.1: always all of it."""
        self.log: list[LogEntry] = []
        """The session log of every session, read so many lines at once:"""
        self.log_page = 10
        self.say_requests: list[SendChat] = []
        self.signals: list[SendSignal] = []
        self.seat_requests: list[TakeSeat] = []
        self.notes_requests: list[WriteNotes] = []
        self.availability_requests: list[SetAvailability] = []
        self.errors: dict[str, deque[ClientError]] = {}
        """The errors that the next calls of a method raise, in order, by method name."""
        self.lost_answers: set[str] = set()
        """Methods that do their work before they raise the next of their errors."""
        self.gates: dict[str, asyncio.Event] = {}
        """The event that calls of a method wait for before they answer, by method name."""
        self.mail_text = "Please click the link below to request a live support session:"
        self.known = Colleagues(
            technicians=[
                Colleague(id="t2", name="Bruno Leroy"),
                Colleague(id="t3", name="Chloé Petit"),
            ],
            groups=[GroupRef(id="g2", name="Second line")],
        )

    def fail(self, method: str, *errors: ClientError) -> None:
        """Make the next calls of *method* raise *errors*."""
        self.errors.setdefault(method, deque()).extend(errors)

    def hold_back(self, method: str) -> asyncio.Event:
        """Make calls of *method* wait until the returned event is set."""
        return self.gates.setdefault(method, asyncio.Event())

    async def create_session(self, request: CreateSession, key: str) -> Session:
        self.create_requests.append(request)
        await self._before("create_session")
        session = self.sessions.get(key)
        if session is None:
            session = self.sessions[key] = self._session(request, len(self.sessions))
        self._after("create_session")
        return session

    async def send_email(self, session_id: str, to: str, key: str) -> Email:
        await self._before("send_email")
        email = self.emails.get(key)
        if email is None:
            now = next(iter(self.sessions.values())).created_at
            email = self.emails[key] = Email(
                id=f"m{len(self.emails)}",
                session_id=session_id,
                to=to,
                state=EmailState.QUEUED,
                attempts=0,
                created_at=now,
                changed_at=now,
            )
        self._after("send_email")
        return email

    async def preview_mail(self, request: PreviewMail) -> MailText:
        self.preview_requests.append(request)
        await self._before("preview_mail")
        return self._mail(request.language or Language("en"), f"{PUBLIC_URL}/Customer/…")

    async def colleagues(self) -> Colleagues:
        await self._before("colleagues")
        return self.known

    async def set_availability(self, request: SetAvailability) -> None:
        await self._before("set_availability")
        self.availability_requests.append(request)

    async def start(self, session_id: str) -> Session:
        return await self._change("start", session_id, SessionStatus.ACTIVE)

    async def hold(self, session_id: str) -> Session:
        return await self._change("hold", session_id, SessionStatus.ON_HOLD)

    async def close(self, session_id: str) -> Session:
        return await self._change("close", session_id, SessionStatus.CLOSED_BY_TECHNICIAN)

    async def transfer(self, session_id: str, request: TransferSession) -> Session:
        self.transfer_requests.append(request)
        session = await self._change("transfer", session_id, SessionStatus.TRANSFERRING)
        session.transfer = Transfer(
            from_technician=TechnicianRef(id="t1", name="Alice Martin"), comment=request.comment
        )
        return session

    async def session_log(self, session_id: str, before: int | None = None) -> SessionLog:
        await self._before("session_log")
        lines = [line for line in self.log if before is None or line.number < before]
        page = lines[-self.log_page :]
        return SessionLog(items=page, more=len(page) < len(lines))

    async def ask_power(self, session_id: str, power: Power) -> Session:
        return await self._consent("ask_power", session_id, power, Consent.ASKED)

    async def drop_power(self, session_id: str, power: Power) -> Session:
        return await self._consent("drop_power", session_id, power, Consent.NONE)

    async def restart(self, session_id: str) -> Session:
        return await self._change("reboot", session_id, SessionStatus.REBOOTING)

    async def say(self, session_id: str, request: SendChat) -> ChatMessage:
        self.say_requests.append(request)
        await self._before("say")
        message = self.said.get(request.key)
        if message is None:
            message = self.said[request.key] = self.chat_message(
                request.text, request.key, session_id=session_id, technician_id="t1"
            )
        self._after("say")
        return message

    async def chat(self, session_id: str, after: int = 0, before: int | None = None) -> ChatPage:
        await self._before("chat")
        self.chat_reads += 1
        below = 2**63 if before is None else before
        items = [said for said in self.said.values() if after < said.number < below]
        if self.pages_whole_chat:
            return ChatPage(items=[said for said in self.said.values() if said.number > after])
        page = items[:CHAT_PAGE_SIZE] if before is None else items[-CHAT_PAGE_SIZE:]
        return ChatPage(items=page, more=len(page) < len(items))

    async def send_signal(self, session_id: str, request: SendSignal) -> None:
        self.signals.append(request)
        await self._before("send_signal")

    async def take_seat(self, session_id: str, request: TakeSeat) -> Session:
        self.seat_requests.append(request)
        await self._before("take_seat")
        session = self._known(session_id)
        session.seat = None
        return session

    async def ice_servers(self, session_id: str) -> IceServers:
        await self._before("ice_servers")
        return IceServers(items=[], expires_in=3600)

    async def write_notes(self, session_id: str, request: WriteNotes) -> Session:
        self.notes_requests.append(request)
        await self._before("write_notes")
        session = self._known(session_id)
        session.notes = request.text
        return session

    def chat_message(
        self, text: str, key: str, *, session_id: str = "s1", technician_id: str | None = None
    ) -> ChatMessage:
        """Return a new chat message with the next number."""
        self.last_chat_number += 1
        return ChatMessage(
            number=self.last_chat_number,
            session_id=session_id,
            at=NOW,
            name="Alice Martin" if technician_id else "Jean",
            text=text,
            key=key,
            technician_id=technician_id,
        )

    async def _consent(
        self, method: str, session_id: str, power: Power, consent: Consent
    ) -> Session:
        await self._before(method)
        session = self._known(session_id)
        session.consents = session.consents | {power: consent}
        return session

    def _known(self, session_id: str) -> Session:
        return next(session for session in self.sessions.values() if session.id == session_id)

    async def _before(self, method: str) -> None:
        """Wait at the gate; then raise the next error, unless only the answer is to be lost."""
        if method in self.gates:
            await self.gates[method].wait()
        if method not in self.lost_answers:
            self._after(method)

    def _after(self, method: str) -> None:
        errors = self.errors.get(method)
        if errors:
            raise errors.popleft()

    async def _change(self, method: str, session_id: str, status: SessionStatus) -> Session:
        await self._before(method)
        session = self._known(session_id)
        session.status = status
        return session

    def _session(self, request: CreateSession, number: int) -> Session:
        code = f"{618689 + number}"
        language = request.language or Language("en")
        link = build_link(PUBLIC_URL, request.method.link_number, code, KEY)
        return Session(
            id=f"s{number}",
            name=request.name,
            status=SessionStatus.INVITED,
            status_since=NOW,
            due_at=None,
            method=request.method,
            language=language,
            mobile=request.mobile,
            platform=request.platform,
            detected_platform=None,
            code=code,
            link=f"{PUBLIC_URL}/" if request.method is ConnectionMethod.PIN else link,
            created_at=NOW,
            expires_at=NOW + timedelta(minutes=15),
            created_by=TechnicianRef(id="t1", name="Alice Martin"),
            group=GroupRef(id="g1", name="Support"),
            to=request.to or "",
            mail=self._mail(language, link) if request.method is ConnectionMethod.EMAIL else None,
        )

    def _mail(self, language: Language, link: str) -> MailText:
        french = language == Language("fr")
        return MailText(
            subject="Lien de connexion par e-mail" if french else "Link to connect by e-mail",
            text=f"{self.mail_text}\n\n{link}\n\nKind regards,\nThe support team",
            sender='"Alice Martin, Example" <help@example.org>',
            reply_to="alice@example.org",
        )
