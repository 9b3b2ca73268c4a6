"""The mail of a session: its words, and accepting one for delivery by the Rescue servers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import Email, MailText, Session
from rescue_console.protocol.choices import EmailState, Language
from rescue_console.protocol.requests import PreviewMail
from rescue_console.protocol.settings import ResolvedSettings
from rescue_console.server.events.log import tell_email
from rescue_console.server.mail.compose import compose, sender_name
from rescue_console.server.mail.message import new_message_id
from rescue_console.server.mail.values import MailValues
from rescue_console.server.refusals import check_optional_text
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.book.book import SessionBook
from rescue_console.server.rules.book.rows import email_view
from rescue_console.server.storage.columns import new_id
from rescue_console.server.storage.tables import emails, organization, technicians

HIDDEN_LINK = "/Customer/Code.aspx?i=2&Code=••••••&k=••••••"
"""Stands for the link in a preview: the real one exists only with its session."""

NOT_SET_UP = (
    "The server has no mail server set up, so it cannot send e-mail. Use your own mail client, "
    "or ask your administrator to start the server with --smtp-url."
)


class SessionMail:
    """Writes sessions' mails.

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
        settings = book.tree.settings(session.group.id)
        values = MailValues(
            link=session.link,
            code=session.code,
            name=session.name,
            technician=caller.name,
            organization=await _organization_name(book.connection),
            expires=session.expires_at,
            language=session.language,
        )
        return await self._compose(book.connection, caller, settings, values)

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
        row = (await connection.execute(select(organization))).one()
        public_url = caller.settings.public_url or self._public_url
        values = MailValues(
            link=public_url.rstrip("/") + HIDDEN_LINK,
            code="••••••",
            name=check_optional_text("name", request.name),
            technician=caller.name,
            organization=row.name,
            expires=expires_at,
            language=request.language or Language(row.language),
        )
        return await self._compose(connection, caller, caller.settings, values)

    async def _compose(
        self,
        connection: AsyncConnection,
        caller: Caller,
        settings: ResolvedSettings,
        values: MailValues,
    ) -> MailText:
        subject, text = mail_templates(settings, values.language)
        return compose(
            subject,
            text,
            values,
            sender_address=await self.sender_address(connection, settings),
            reply_to=caller.email,
        )

    async def sender_address(self, connection: AsyncConnection, settings: ResolvedSettings) -> str:
        """Return where mails come from: the group's setting, the SMTP URL's, the owner's."""
        chosen = settings.sender_address or self._smtp_sender
        return chosen or await _owner_address(connection)

    async def insert(
        self, book: SessionBook, caller: Caller, session: Session, to: str, key: str
    ) -> Email:
        """Put a mail into the queue, inside the transaction of *book*."""
        mail = await self.text_for(book, caller, session)
        settings = book.tree.settings(session.group.id)
        organization_name = await _organization_name(book.connection)
        email_id = new_id(book.now)
        await book.connection.execute(
            insert(emails).values(
                id=email_id,
                session_id=session.id,
                technician_id=caller.technician_id,
                idempotency_key=key,
                recipient=to,
                message_id=new_message_id(email_id, session.link),
                sender=await self.sender_address(book.connection, settings),
                sender_name=sender_name(caller.name, organization_name),
                reply_to=caller.email,
                subject=mail.subject,
                text=mail.text,
                link=session.link,
                language=session.language,
                state=EmailState.QUEUED,
                attempts=0,
                detail="",
                created_at=book.now,
                changed_at=book.now,
                next_attempt_at=book.now,
            )
        )
        email = email_view(await _read_email(book.connection, email_id))
        session.email = email
        await tell_email(book.connection, email, session, book.now)
        return email


def mail_templates(settings: ResolvedSettings, language: Language) -> tuple[str, str]:
    """Return the templates of subject and text in *language*."""
    if language is Language.FRENCH:
        return settings.mail_subject_fr, settings.mail_text_fr
    return settings.mail_subject_en, settings.mail_text_en


async def _organization_name(connection: AsyncConnection) -> str:
    name: str = (await connection.execute(select(organization.c.name))).scalar_one()
    return name


async def _owner_address(connection: AsyncConnection) -> str:
    query = (
        select(technicians.c.email)
        .where(technicians.c.administrator, technicians.c.enabled)
        .order_by(technicians.c.created_at)
        .limit(1)
    )
    return (await connection.execute(query)).scalar() or ""


async def _read_email(connection: AsyncConnection, email_id: str) -> Row[Any]:
    return (await connection.execute(select(emails).where(emails.c.id == email_id))).one()
