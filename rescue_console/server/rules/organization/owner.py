"""The first account: made by a command on the server's own machine, and by nothing else."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from rescue_console.protocol.choices import Language
from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.clock import Clock
from rescue_console.server.refusals import check_email, check_text, refuse
from rescue_console.server.rules.access.sign_in import checked_hash
from rescue_console.server.rules.organization.organization import make_organization
from rescue_console.server.rules.organization.technicians import insert_technician
from rescue_console.server.storage.database import Database
from rescue_console.server.storage.tables import organization, technicians

LOCAL_OWNER = "owner@localhost"
"""The account that the desktop's embedded server signs in with."""


async def create_owner(
    database: Database,
    clock: Clock,
    *,
    email: str,
    name: str,
    password: str,
    organization_name: str,
    language: Language,
) -> None:
    """Make the organization and its owner, who is also a technician with every permission.

    Raises:
        Refusal: ``already-exists`` when the server has an owner, ``invalid`` for a bad value.
    """
    address = check_email("email", email)
    shown_name = check_text("name", name)
    shown_organization = check_text("organization", organization_name)
    password_hash = await checked_hash("password", password, shown_name, address)
    async with database.write() as connection:
        if await has_owner(connection):
            raise refuse(ProblemWord.ALREADY_EXISTS, "This server already has an owner.")
        group_id = await make_organization(connection, clock, shown_organization, language)
        await insert_technician(
            connection,
            clock,
            email=address,
            name=shown_name,
            password_hash=password_hash,
            group_id=group_id,
            administrator=True,
            mobile_module=True,
        )


async def prepare_local_owner(
    database: Database, clock: Clock, name: str, password: str, language: Language
) -> None:
    """Give the embedded server's owner the *password* of this start; make a missing owner.

    Raises:
        Refusal: ``invalid`` for a bad value, ``already-exists`` when the data folder belongs to a
            server with another owner.
    """
    async with database.read() as connection:
        exists = await has_owner(connection)
    if not exists:
        await create_owner(
            database,
            clock,
            email=LOCAL_OWNER,
            name=name,
            password=password,
            organization_name=name,
            language=language,
        )
        return
    password_hash = await checked_hash("password", password)
    async with database.write() as connection:
        changed = await connection.execute(
            update(technicians)
            .where(technicians.c.email_folded == LOCAL_OWNER)
            .values({technicians.c.password_hash: password_hash})
        )
        if not changed.rowcount:
            raise refuse(
                ProblemWord.ALREADY_EXISTS,
                "This data folder belongs to a server with another owner.",
            )


async def has_owner(connection: AsyncConnection) -> bool:
    """Tell whether the first account exists."""
    return (await connection.execute(select(organization.c.id))).first() is not None
