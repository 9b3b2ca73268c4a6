"""The mail of a session: writing it, and queueing it for delivery by the Rescue servers."""

from datetime import datetime
from typing import NamedTuple

from msgspec.structs import asdict
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import Email, MailText, Session
from rescue_console.protocol.choices import EmailState, Language
from rescue_console.protocol.requests import PreviewMail
from rescue_console.protocol.settings import ResolvedSettings
from rescue_console.server.events.log import tell_email
from rescue_console.server.mail.compose import compose, sender_name
from rescue_console.server.mail.languages import in_language, spoken
from rescue_console.server.mail.message import new_message_id
from rescue_console.server.mail.values import MailValues
from rescue_console.server.refusals import check_optional_text
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.rows import EmailRow, email_view
from rescue_console.server.storage.columns import new_id
from rescue_console.server.storage.tables import emails, organization, technicians

HIDDEN_LINK = "/Customer/Code.aspx?i=2&Code=••••••&k=••••••"
"""Stands in for the link in a preview: a real link exists only once there is a session."""

NOT_SET_UP = (
    "The server has no mail server set up, so it cannot send e-mail. Use your own mail client, "
    "or ask your administrator to start the server with --smtp-url."
)


class SessionMail:
    """Writes the mails of sessions.

    Args:
        smtp_sender: The ``from`` of the SMTP URL; empty = none.
        enabled: Whether the server can send mail at all.
    """

    def __init__(self, public_url: str, smtp_sender: str, *, enabled: bool) -> None:
        self._public_url = public_url
        self._smtp_sender = smtp_sender
        self.enabled = enabled

    async def text_for(self, book: SessionBook, caller: Caller, session: Session) -> MailText:
        """Return the mail for *session*, from the caller."""
        return (await self._write(book, caller, session)).text

    async def preview(
        self,
        connection: AsyncConnection,
        caller: Caller,
        request: PreviewMail,
        expires_at: datetime | None,
    ) -> MailText:
        """Return the mail as it would be sent, with a link that hides code and key.

        Raises:
            Refusal: ``invalid`` when the name is too long.
        """
        name, language = await _organization(connection)
        public_url = caller.settings.public_url or self._public_url
        values = MailValues(
            link=public_url.rstrip("/") + HIDDEN_LINK,
            code="••••••",
            name=check_optional_text("name", request.name),
            technician=caller.name,
            organization=name,
            expires=expires_at,
            language=spoken(request.language or language),
        )
        return (await self._compose(connection, caller, caller.settings, values)).text

    async def insert(
        self, book: SessionBook, caller: Caller, session: Session, to: str, key: str
    ) -> Email:
        """Queue a mail inside the transaction of *book*."""
        written = await self._write(book, caller, session)
        row = EmailRow(
            id=new_id(book.now),
            session_id=session.id,
            recipient=to,
            state=EmailState.QUEUED,
            attempts=0,
            created_at=book.now,
            changed_at=book.now,
            next_attempt_at=book.now,
            detail="",
        )
        content = {
            emails.c.technician_id: caller.technician_id,
            emails.c.idempotency_key: key,
            emails.c.message_id: new_message_id(row.id, session.link),
            emails.c.sender: written.sender_address,
            emails.c.sender_name: sender_name(caller.name, written.values.organization),
            emails.c.reply_to: caller.email,
            emails.c.subject: written.text.subject,
            emails.c.text: written.text.text,
            emails.c.link: session.link,
            emails.c.language: session.language,
        }
        await book.connection.execute(insert(emails).values(asdict(row)).values(content))
        session.email = email_view(row)
        await tell_email(book.connection, session.email, session, book.now)
        return session.email

    async def _write(self, book: SessionBook, caller: Caller, session: Session) -> "_Written":
        name, _ = await _organization(book.connection)
        values = MailValues(
            link=session.link,
            code=session.code,
            name=session.name,
            technician=caller.name,
            organization=name,
            expires=session.expires_at,
            language=session.language,
        )
        settings = book.tree.settings(session.group.id)
        return await self._compose(book.connection, caller, settings, values)

    async def _compose(
        self,
        connection: AsyncConnection,
        caller: Caller,
        settings: ResolvedSettings,
        values: MailValues,
    ) -> "_Written":
        subject = in_language(settings.mail_subject, values.language)
        text = in_language(settings.mail_text, values.language)
        address = settings.sender_address or self._smtp_sender or await _owner_address(connection)
        composed = compose(subject, text, values, sender_address=address, reply_to=caller.email)
        return _Written(composed, values, address)


class _Written(NamedTuple):
    """A mail as people see it, and what its headers are made of."""

    text: MailText
    values: MailValues
    sender_address: str


async def _organization(connection: AsyncConnection) -> tuple[str, Language]:
    """Return the organization's name and language."""
    query = select(organization.c.name, organization.c.language)
    name, language = (await connection.execute(query)).one()
    return name, language


async def _owner_address(connection: AsyncConnection) -> str:
    query = (
        select(technicians.c.email)
        .where(technicians.c.administrator, technicians.c.enabled)
        .order_by(technicians.c.created_at)
        .limit(1)
    )
    return (await connection.execute(query)).scalar() or ""
