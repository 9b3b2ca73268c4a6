"""The bodies of the API's answers. Times are RFC 3339 in UTC."""

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
    """A sign-in: a short-lived access token, and a refresh token that can renew it once."""

    access_token: str
    expires_in: int
    """For how many seconds the access token is valid."""
    refresh_token: str
    token_type: str = "Bearer"
    device: str | None = None
    """After a sign-in: what to send with the next one on this device."""


class TechnicianRef(Struct, kw_only=True, frozen=True):
    """Enough of a technician to name them."""

    id: str
    name: str


class GroupRef(Struct, kw_only=True, frozen=True):
    """Enough of a technician group to name it."""

    id: str
    name: str


class InLanguage(Struct, kw_only=True):
    """Something that has a language; version 0.1 can read only English and French.

    Attributes:
        language: Any language; ``language_code`` on the wire.
        earlier_language: What version 0.1 reads; ``language`` on the wire. English when version
            0.1 does not know the language.
    """

    language: Language = field(name="language_code", default=Language(""))
    earlier_language: Language = field(name="language", default=Language(""))

    def __post_init__(self) -> None:
        self.language = self.language or self.earlier_language or ENGLISH
        self.earlier_language = for_earlier(self.language)


class Organization(InLanguage, kw_only=True):
    """Whoever runs this server; its language is the default for mails."""

    name: str


class ServerState(Struct, kw_only=True):
    """What a console must know about the server that it is connected to."""

    version: str
    time: datetime
    public_url: str
    mail: bool
    """Whether the server can send mail; if not, ``mail_reason`` tells a person why."""
    mail_reason: str = ""
    languages: dict[Language, str] = field(
        default_factory=lambda: {ENGLISH: "English", Language("fr"): "Français"}
    )
    """The languages that mails can be written in, each with its own name for itself, in the order
    of lists. Version 0.1 leaves this out."""
    applets: list[DevicePlatform] | None = None
    """The platforms for which customers can download the applet; their customers can be asked for
    its powers before it runs. Earlier versions leave this out."""
    keeps_address: bool = False
    """Whether ``CreateSession.to`` may be sent: version 0.1 refuses it."""


class Me(Struct, kw_only=True):
    """``GET /me``: who is signed in and what they may do."""

    id: str
    email: str
    name: str
    administrator: bool
    group: GroupRef
    organization: Organization
    permissions: list[Permission]
    """All that are allowed; includes the mobile module when the technician or group has it."""
    settings: ResolvedSettings
    server: ServerState
    visible_groups: list[str] = []
    """Ids of the groups whose sessions the technician may see; a change of them changes the session
    list, too."""
    away: bool = False
    """Whether the technician has chosen to be away: nobody can transfer sessions to them."""
    console: str = ""
    """Id of the console that asks, as in ``Seat.console``."""


class MailText(Struct, kw_only=True, frozen=True):
    """A mail as plain text; lines end in LF. ``sender`` is the From header as readers see it."""

    subject: str
    text: str
    sender: str = ""
    reply_to: str = ""


class Email(Struct, kw_only=True):
    """An e-mail handed to the Rescue servers, and what became of it.

    Attributes:
        detail: The mail server's own words when it refused or delayed the mail; empty when it said
            nothing.
        trouble: The word for why it is not sent (``EmailTrouble``, or one of a later version);
            empty when it is, or was not tried yet.
        attempts: How many times delivery was attempted.
        next_attempt_at: When the next attempt is made, while the mail is queued after a failure.
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
    trouble: str = ""


class Transfer(Struct, kw_only=True):
    """A session on its way to a colleague or a group."""

    from_technician: TechnicianRef
    to_technician: TechnicianRef | None = None
    to_group: GroupRef | None = None
    comment: str = ""


class Seat(Struct, kw_only=True, frozen=True):
    """The one console that has what exists once in a session: relay, picture, the page's files.

    Attributes:
        console: Its id; each console knows its own from ``Me.console``.
        computer: Its computer's name; empty if it has not told it.
    """

    console: str
    computer: str = ""


class Session(InLanguage, kw_only=True):
    """One customer's request for help, from invitation to close.

    Attributes:
        name: What the technician typed; empty means "Customer".
        status_since: When the status was entered.
        due_at: When the present status ends by itself (expiry, time-out); ``None`` if it does not.
        code: The digits; for the PIN method, what the customer types.
        link: What the customer clicks; for the PIN method, the page where the PIN is typed.
        platform: What the technician has set.
        detected_platform: What the join page or the applet reported; ``None`` until then.
        technician: Who helps; ``None`` until the session is started.
        created_by: Who made the session.
        to: The customer's e-mail address, as typed when the session was created; may be empty.
        email: The latest e-mail by the Rescue servers, if any.
        mail: Subject and text to send, for the e-mail method; only in the answers that create or
            read a single session.
        consents: What the customer was asked for and answered; a power that is missing is ``none``.
        hindrances: Why a power is not there, or not as it was asked for: the word for it
            (``PowerHindrance``, or one of a later version), by power.
        applet: Whether the customer's applet is connected.
        notes: What the technician wrote about the session.
        seat: At which of the technician's consoles they help; ``None`` while at none in particular.
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
    to: str = ""
    email: Email | None = None
    mail: MailText | None = None
    consents: dict[Power, Consent] = {}
    hindrances: dict[Power, str] = {}
    applet: bool = False
    notes: str = ""
    seat: Seat | None = None


class ChatMessage(Struct, kw_only=True):
    """One chat message.

    Attributes:
        number: Grows within the session; messages are shown in this order.
        technician_id: Who wrote it; ``None`` = the customer.
        key: Chosen by the sender's program, so that a message sent twice is kept once.
    """

    number: int
    session_id: str
    at: datetime
    name: str
    text: str
    key: str
    technician_id: str | None = None


class ChatPage(Struct, kw_only=True):
    """One page of a session's chat messages, oldest first.

    ``more`` tells whether others follow in the direction of reading: below the first item when the
    newest were asked for, or those before a message; above the last one otherwise.
    """

    items: list[ChatMessage]
    more: bool = False


class IceServer(Struct, kw_only=True):
    """One STUN or TURN server, in the form that browsers accept (WebRTC, RTCIceServer)."""

    urls: list[str]
    username: str = ""
    credential: str = ""


class IceServers(Struct, kw_only=True):
    """The servers that help both sides to reach each other, valid for ``expires_in`` seconds."""

    items: list[IceServer]
    expires_in: int


class SessionPage(Struct, kw_only=True):
    """One page of sessions, newest first; ``next`` is the cursor of the following page.

    ``event_number`` is the number of the last event that the page already reflects: whoever follows
    the event stream from there misses nothing.
    """

    items: list[Session]
    event_number: int
    next: str | None = None


class LogEntry(Struct, kw_only=True):
    """One line of a session's log; ``number`` grows within the session (version 0.1: always 0)."""

    at: datetime
    what: str
    who: str = ""
    detail: str = ""
    number: int = 0


class SessionLog(Struct, kw_only=True):
    """One page of a session's log, oldest first; ``more`` tells whether there are earlier lines."""

    items: list[LogEntry]
    more: bool = False


class EmailPage(Struct, kw_only=True):
    """A session's e-mails, oldest first."""

    items: list[Email]


class Group(Struct, kw_only=True):
    """A technician group: what it sets itself, and what is in force after inheritance."""

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
    """A technician's account, as administrators see it."""

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
    """A technician; a session can be transferred to them while they are online."""

    availability: Availability = Availability.ONLINE


class Colleagues(Struct, kw_only=True):
    """``GET /colleagues``: the technicians and groups that a session can be transferred to."""

    technicians: list[Colleague]
    groups: list[GroupRef]
