"""Technicians who sign in with the console's own account class: the owner and a colleague."""

from uuid import uuid4

from rescue_console.client.account import Account, open_with_password
from rescue_console.desktop.console import Console
from rescue_console.network.server_address import read_address
from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.requests import CreateSession
from tests.stage.networks.plain_proxy import PlainProxy
from tests.stage.networks.wire import Wire
from tests.stage.servers.rescue_server import OWNER_EMAIL, OWNER_PASSWORD

SECOND_EMAIL = "bruno@help.example"
SECOND_NAME = "Bruno Leroy"
SECOND_PASSWORD = "nine orange bicycles resting"


def sign_in(
    wire: Wire | PlainProxy, email: str = OWNER_EMAIL, password: str = OWNER_PASSWORD
) -> Account:
    """Return an account that is signed in over *wire*."""
    return open_with_password(read_address(wire.url), email, password, None)


def create(console: Console, name: str) -> Session:
    """Create a session with a link, as another program would."""
    request = CreateSession(method=ConnectionMethod.LINK, name=name)
    return console._account.api.create_session(request, uuid4().hex)
