"""An example of every body that the API takes and of every answer that it gives."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from rescue_console.protocol.answers import (
    ChatMessage,
    ChatPage,
    Colleague,
    Colleagues,
    Email,
    EmailPage,
    Group,
    GroupPage,
    GroupRef,
    IceServer,
    IceServers,
    LogEntry,
    MailText,
    Me,
    Organization,
    ServerState,
    Session,
    SessionLog,
    SessionPage,
    Technician,
    TechnicianPage,
    TechnicianRef,
    TokenPair,
)
from rescue_console.protocol.choices import (
    ConnectionMethod,
    DevicePlatform,
    EmailState,
    Language,
)
from rescue_console.protocol.events import EventPage
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.requests import (
    ChangeGroup,
    ChangeOrganization,
    ChangePassword,
    ChangeTechnician,
    CreateGroup,
    CreateSession,
    CreateTechnician,
    PreviewMail,
    Refresh,
    SendChat,
    SendEmail,
    SendSignal,
    SetAvailability,
    SignIn,
    SignOut,
    TakeSeat,
    TransferSession,
    WriteNotes,
)
from rescue_console.protocol.settings import GroupSettings, ResolvedSettings
from rescue_console.protocol.signals import SignalKind
from rescue_console.protocol.statuses import SessionStatus
from rescue_console.server.routes.parameters import EXAMPLE_ID

_OTHER_ID = "019a2b3c4d5e00112233445566778899"
_AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_ENGLISH, _FRENCH = Language("en"), Language("fr")
_ALICE = TechnicianRef(id=_OTHER_ID, name="Alice Martin")
_SUPPORT = GroupRef(id=EXAMPLE_ID, name="Support")
_PASSWORD = "seven violet umbrellas dancing"
_TOKEN = "pT3wXq0yJ6VbN8sKc1LrZ4mE9uHg2AfD5oQi7xYtBvM"
_ORGANIZATION = Organization(name="Example Help", language=_ENGLISH)
_MAIL = MailText(
    subject="Your link from Example Help",
    text="Hello Jean Dupont,\nopen this link: https://help.example/Customer/Code.aspx?…",
    sender="Example Help <help@help.example>",
)
_EMAIL = Email(
    id=_OTHER_ID,
    session_id=EXAMPLE_ID,
    to="jean@example.org",
    state=EmailState.SENT,
    attempts=1,
    created_at=_AT,
    changed_at=_AT + timedelta(seconds=2),
)
_SESSION = Session(
    id=EXAMPLE_ID,
    name="Jean Dupont",
    status=SessionStatus.ACTIVE,
    status_since=_AT,
    due_at=_AT + timedelta(hours=1),
    method=ConnectionMethod.EMAIL,
    language=_FRENCH,
    mobile=False,
    platform=DevicePlatform.AUTO,
    detected_platform=DevicePlatform.WINDOWS,
    code="618689",
    link="https://help.example/Customer/Code.aspx?i=2&Code=618689&k=pH1U0gVyEvd3igz2pWg8iw",
    created_at=_AT,
    expires_at=_AT + timedelta(days=1),
    created_by=_ALICE,
    group=_SUPPORT,
    technician=_ALICE,
    email=_EMAIL,
    consents={Power.VIEW: Consent.GRANTED},
)
_GROUP = Group(
    id=EXAMPLE_ID,
    name="Support",
    parent_id=_OTHER_ID,
    permissions={Permission.RECORD_SCREEN: False},
    settings=GroupSettings(idle_minutes=30),
    effective_permissions=[Permission.CHAT, Permission.VIEW_SCREEN],
    effective_settings=ResolvedSettings(idle_minutes=30),
)
_TECHNICIAN = Technician(
    id=_OTHER_ID,
    email="alice@help.example",
    name="Alice Martin",
    group_id=EXAMPLE_ID,
    administrator=False,
    mobile_module=False,
    enabled=True,
    created_at=_AT,
)
_MESSAGE = ChatMessage(
    number=1,
    session_id=EXAMPLE_ID,
    at=_AT,
    name="Alice Martin",
    text="Good morning! What can I do for you?",
    key="t:019a2b3c",
    technician_id=_OTHER_ID,
)
_ME = Me(
    id=_OTHER_ID,
    email="alice@help.example",
    name="Alice Martin",
    administrator=False,
    group=_SUPPORT,
    organization=_ORGANIZATION,
    permissions=[Permission.CHAT, Permission.VIEW_SCREEN],
    settings=ResolvedSettings(),
    server=ServerState(version="0.2.0", time=_AT, public_url="https://help.example", mail=True),
    visible_groups=[EXAMPLE_ID],
)

_BODIES: tuple[msgspec.Struct, ...] = (
    SignIn(email="alice@help.example", password=_PASSWORD),
    Refresh(refresh_token=_TOKEN),
    SignOut(refresh_token=_TOKEN),
    ChangePassword(current_password=_PASSWORD, new_password="nine quiet lanterns walking"),
    SetAvailability(away=True),
    CreateSession(method=ConnectionMethod.LINK, name="Jean Dupont", language=_FRENCH),
    SendEmail(to="jean@example.org"),
    PreviewMail(name="Jean Dupont", language=_FRENCH),
    TransferSession(group_id=EXAMPLE_ID, comment="The printer does not answer."),
    SendChat(text="Good morning! What can I do for you?", key="019a2b3c"),
    SendSignal(kind=SignalKind.TYPING),
    TakeSeat(take_over=True),
    WriteNotes(text="Cleared the print queue."),
    CreateGroup(
        name="Night shift", parent_id=EXAMPLE_ID, permissions={Permission.RECORD_SCREEN: False}
    ),
    ChangeGroup(name="Night shift"),
    CreateTechnician(
        email="bob@help.example", name="Bob Stone", password=_PASSWORD, group_id=EXAMPLE_ID
    ),
    ChangeTechnician(enabled=False),
    ChangeOrganization(name="Example Help"),
)
_ANSWERS: tuple[msgspec.Struct, ...] = (
    TokenPair(access_token=_TOKEN, expires_in=900, refresh_token=_TOKEN),
    _ME,
    Colleagues(technicians=[Colleague(id=_ALICE.id, name=_ALICE.name)], groups=[_SUPPORT]),
    _SESSION,
    SessionPage(items=[_SESSION], event_number=1_042),
    SessionLog(items=[LogEntry(at=_AT, what="created", who="Alice Martin", detail="email")]),
    _EMAIL,
    EmailPage(items=[_EMAIL]),
    _MAIL,
    _ORGANIZATION,
    _GROUP,
    GroupPage(items=[_GROUP]),
    _TECHNICIAN,
    TechnicianPage(items=[_TECHNICIAN]),
    _MESSAGE,
    ChatPage(items=[_MESSAGE]),
    IceServers(items=[IceServer(urls=["stun:turn.help.example:3478"])], expires_in=600),
    EventPage(number=1_042, resumed=True, server_time=_AT),
)

EXAMPLES: Mapping[str, Any] = {
    type(example).__name__: msgspec.to_builtins(example) for example in (*_BODIES, *_ANSWERS)
}
"""By the name of the schema, as JSON."""
