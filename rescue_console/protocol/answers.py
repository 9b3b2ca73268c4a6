"""What the API answers with. Times are RFC 3339 in UTC."""

from datetime import datetime

from msgspec import Struct, field

from rescue_console.protocol.choices import (
    Availability,
    ConnectionMethod,
    DevicePlatform,
    EmailState,
    Language,
)
from rescue_console.protocol.languages import ENGLISH, for_earlier
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.settings import GroupSettings, ResolvedSettings
from rescue_console.protocol.statuses import SessionStatus


class TokenPair(Struct, kw_only=True):
    """A sign-in: a short-lived access token and the refresh token that renews it once."""

    access_token: str
    expires_in: int
    """Seconds for which the access token is good."""
    refresh_token: str
    token_type: str = "Bearer"


class TechnicianRef(Struct, kw_only=True, frozen=True):
    """Enough of a technician to name them."""

    id: str
    name: str


class GroupRef(Struct, kw_only=True, frozen=True):
    """Enough of a technician group to name it."""

    id: str
    name: str


class InLanguage(Struct, kw_only=True):
    """Something that has a language; on the wire, version 0.1 knows English and French alone.

    Attributes:
        language: Any language, ``language_code`` on the wire.
        earlier_language: What version 0.1 reads, ``language`` on the wire: English when it does
            not know the language.
    """

    language: Language = field(name="language_code", default=Language(""))
    earlier_language: Language = field(name="language", default=Language(""))

    def __post_init__(self) -> None:
        self.language = self.language or self.earlier_language or ENGLISH
        self.earlier_language = for_earlier(self.language)


class Organization(InLanguage, kw_only=True):
    """Whoever runs this server; its language is the default of mails."""

    name: str


class ServerState(Struct, kw_only=True):
    """What a console must know of the server it talks to."""

    version: str
    time: datetime
    public_url: str
    mail: bool
    """Whether the server can send mail; else ``mail_reason`` says why not, to a person."""
    mail_reason: str = ""
    languages: dict[Language, str] = field(
        default_factory=lambda: {ENGLISH: "English", Language("fr"): "Français"}
    )
    """What mails can be written in, and what each language calls itself, in the order of lists.
    Left out by version 0.1."""


class Me(Struct, kw_only=True):
    """``GET /me``: who is signed in and what they may do."""

    id: str
    email: str
    name: str
    administrator: bool
    group: GroupRef
    organization: Organization
    permissions: list[Permission]
    """All that are allowed; the mobile module is in it when the technician or the group has it."""
    settings: ResolvedSettings
    server: ServerState
    visible_groups: list[str] = []
    """Ids of the groups whose sessions one may see: when they change, so does the session list."""
    away: bool = False
    """Whether one has chosen to be away: colleagues cannot transfer sessions to one."""


class MailText(Struct, kw_only=True, frozen=True):
    """A mail as plain text; lines end in LF. ``sender`` is the From header as people see it."""

    subject: str
    text: str
    sender: str = ""
    reply_to: str = ""


class Email(Struct, kw_only=True):
    """An e-mail handed to the Rescue servers, and what became of it.

    Attributes:
        detail: The mail server's own words when it refused or delayed the mail.
        attempts: How often delivery was tried.
        next_attempt_at: When it is tried again, while queued after a failure.
    """

    id: str
    session_id: str
    to: str
    state: EmailState
    attempts: int
    created_at: datetime
    changed_at: datetime
    next_attempt_at: datetime | None = None
    detail: str = ""


class Transfer(Struct, kw_only=True):
    """A session on its way to a colleague or a group."""

    from_technician: TechnicianRef
    to_technician: TechnicianRef | None = None
    to_group: GroupRef | None = None
    comment: str = ""


class Session(InLanguage, kw_only=True):
    """One customer's request for help, from invitation to close.

    Attributes:
        name: What the technician typed; empty means "Customer".
        status_since: When the status was entered.
        due_at: When the present status ends by itself (expiry, time-out), if it does.
        code: The digits; for the PIN method, what the customer types.
        link: What the customer clicks; for the PIN method, the page where the PIN is typed.
        platform: As set by the technician.
        detected_platform: As the join page found it, once opened.
        technician: Who helps; ``None`` until started.
        created_by: Who made the session.
        email: The latest e-mail by the Rescue servers, if any.
        mail: Subject and text to send, for the e-mail method; only when created or read singly.
        consents: What the customer has been asked and has answered; a power not in it is ``none``.
        applet: Whether the customer's applet is connected.
        notes: What the technician wrote about the session.
    """

    id: str
    name: str
    status: SessionStatus
    status_since: datetime
    due_at: datetime | None
    method: ConnectionMethod
    mobile: bool
    platform: DevicePlatform
    detected_platform: DevicePlatform | None
    code: str
    link: str
    created_at: datetime
    expires_at: datetime | None
    created_by: TechnicianRef
    group: GroupRef
    technician: TechnicianRef | None = None
    transfer: Transfer | None = None
    email: Email | None = None
    mail: MailText | None = None
    consents: dict[Power, Consent] = {}
    applet: bool = False
    notes: str = ""


class ChatMessage(Struct, kw_only=True):
    """One chat message.

    Attributes:
        number: Grows within the session; messages are shown in this order.
        technician_id: Who wrote it; ``None`` = the customer.
        key: Chosen by the writer, so that a message sent again is kept once.
    """

    number: int
    session_id: str
    at: datetime
    name: str
    text: str
    key: str
    technician_id: str | None = None


class ChatPage(Struct, kw_only=True):
    """A session's chat messages, oldest first."""

    items: list[ChatMessage]


class IceServer(Struct, kw_only=True):
    """One STUN or TURN server, in the form that browsers take (WebRTC, RTCIceServer)."""

    urls: list[str]
    username: str = ""
    credential: str = ""


class IceServers(Struct, kw_only=True):
    """What both sides may use to find a way to each other, good for ``expires_in`` seconds."""

    items: list[IceServer]
    expires_in: int


class SessionPage(Struct, kw_only=True):
    """One page of sessions, newest first; ``next`` is the cursor of the following page.

    ``event_number`` is the number of the last event that the page already contains: follow the
    event stream from there and nothing is missed.
    """

    items: list[Session]
    event_number: int
    next: str | None = None


class LogEntry(Struct, kw_only=True):
    """One line of a session's log."""

    at: datetime
    what: str
    who: str = ""
    detail: str = ""


class SessionLog(Struct, kw_only=True):
    """A session's log, oldest first."""

    items: list[LogEntry]


class EmailPage(Struct, kw_only=True):
    """A session's e-mails, oldest first."""

    items: list[Email]


class Group(Struct, kw_only=True):
    """A technician group: what it sets itself, and what is in force with inheritance."""

    id: str
    name: str
    parent_id: str | None
    permissions: dict[Permission, bool]
    settings: GroupSettings
    effective_permissions: list[Permission]
    effective_settings: ResolvedSettings


class GroupPage(Struct, kw_only=True):
    """All groups, parents before children."""

    items: list[Group]


class Technician(Struct, kw_only=True):
    """A technician as IT sees them."""

    id: str
    email: str
    name: str
    group_id: str
    administrator: bool
    mobile_module: bool
    enabled: bool
    created_at: datetime


class TechnicianPage(Struct, kw_only=True):
    """One page of technicians by name; ``next`` is the cursor of the following page."""

    items: list[Technician]
    next: str | None = None


class Colleague(TechnicianRef, kw_only=True, frozen=True):
    """A technician to whom a session can be transferred while they are online."""

    availability: Availability = Availability.ONLINE


class Colleagues(Struct, kw_only=True):
    """``GET /colleagues``: to whom a session can be transferred."""

    technicians: list[Colleague]
    groups: list[GroupRef]
