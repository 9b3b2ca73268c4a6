"""A database of each kind, a mail server, and a queue of mails between them."""

from collections.abc import AsyncIterator

import pytest

from rescue_console.server.storage.database import Database
from rescue_console.server.storage.migrate import migrate
from tests.stage.rules.post_office import PostOffice
from tests.stage.servers.smtp import SmtpProcess


@pytest.fixture
async def database(empty_url: str) -> AsyncIterator[Database]:
    opened = Database(empty_url)
    await migrate(opened)
    yield opened
    await opened.close()


@pytest.fixture
async def office(database: Database, smtp: SmtpProcess) -> AsyncIterator[PostOffice]:
    """A server node's queue in front of the mail server; ``open`` it to let it work."""
    made = PostOffice(database, smtp.url)
    await made.set_up()
    yield made
    await made.close()
