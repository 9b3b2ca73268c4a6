"""A database of each kind, a mail server, and a queue of mails between them."""

from collections.abc import AsyncIterator, Iterator

import pytest
from hypothesis import settings

from rescue_console.server.storage.database import Database
from rescue_console.server.storage.migrate import migrate
from tests.stage.programs import starts_programs
from tests.stage.rules.post_office import PostOffice
from tests.stage.servers.smtp import SmtpProcess

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
@starts_programs
def smtp_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmtpProcess]:
    with SmtpProcess(tmp_path_factory.mktemp("mails")) as process:
        yield process


@pytest.fixture
def smtp(smtp_process: SmtpProcess) -> SmtpProcess:
    """A mail server that demands nothing and has taken nothing yet."""
    smtp_process.reset()
    return smtp_process


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
