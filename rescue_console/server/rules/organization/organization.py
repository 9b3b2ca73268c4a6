"""The organization that runs this server: its name and language, and who may change them."""

from typing import TypedDict

from msgspec import UNSET
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.answers import Organization
from rescue_console.protocol.choices import Language
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import ChangeOrganization
from rescue_console.server.clock import Clock
from rescue_console.server.events.log import tell_me
from rescue_console.server.mail.languages import NO_TEXTS, mail_texts
from rescue_console.server.refusals import check_text, invalid, refuse
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.book.books import SessionBooks
from rescue_console.server.storage.columns import new_id
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.tables import groups, organization


class OrganizationChanges(TypedDict, total=False):
    """What an administrator may write about the organization."""

    name: str
    language: Language


class OrganizationProfile:
    """Reads the organization's name and language, and changes them for administrators."""

    def __init__(self, database: Database, books: SessionBooks) -> None:
        self._database = database
        self._books = books

    async def read(self) -> Organization:
        """Return the organization that runs this server."""
        async with self._database.read() as connection:
            query = select(organization.c.name, organization.c.language)
            name, language = (await connection.execute(query)).one()
        return Organization(name=name, language=language)

    async def change(self, caller: Caller, request: ChangeOrganization) -> Organization:
        """Change the organization's name or language; every console is told.

        Raises:
            Refusal: ``not-allowed`` unless the caller administers the topmost group.
        """
        caller.require_administrator()
        if len(caller.path) > 1:
            raise refuse(ProblemWord.NOT_ALLOWED, "Only an administrator of the topmost group may.")
        changes: OrganizationChanges = {}
        if request.name is not UNSET:
            changes["name"] = check_text("name", request.name)
        if request.language is not UNSET:
            changes["language"] = _checked_language(request.language)
        if changes:
            async with self._books.write() as book:
                await book.connection.execute(update(organization).values(**changes))
                await tell_me(book.connection, book.now, group_id=caller.group_id)
        return await self.read()


async def make_organization(
    connection: AsyncConnection, clock: Clock, name: str, language: Language
) -> str:
    """Make the organization; return the id of its topmost group, which may do everything."""
    now = clock()
    group_id = new_id(now)
    await connection.execute(
        insert(organization).values(
            {
                organization.c.id: 1,
                organization.c.name: name,
                organization.c.language: language,
                organization.c.created_at: now,
            }
        )
    )
    await connection.execute(
        insert(groups).values(
            {
                groups.c.id: group_id,
                groups.c.name: name,
                groups.c.parent_id: None,
                groups.c.permissions: {str(permission): True for permission in Permission},
                groups.c.settings: {},
            }
        )
    )
    return group_id


def _checked_language(language: Language) -> Language:
    if language not in mail_texts():
        raise invalid("language", NO_TEXTS.format(", ".join(mail_texts())))
    return language
