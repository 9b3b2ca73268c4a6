"""The bodies of requests to the API. Unknown fields are refused."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from rescue_console.protocol.choices import ConnectionMethod, DevicePlatform, LanguageCode
from rescue_console.protocol.limits import (
    ADDRESS_MAX,
    CHAT_KEY_MAX,
    CHAT_MAX,
    COMMENT_MAX,
    NAME_MAX,
    NOTES_MAX,
    PASSWORD_MAX,
    PASSWORD_MIN,
    SIGNAL_MAX,
)
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.settings import GroupSettings, SettingChange
from rescue_console.protocol.signals import SignalKind

LongText = Annotated[str, Meta(max_length=20_000)]
"""A name before it is cleaned; longer than NAME_MAX, so that the server says what is wrong."""
Name = Annotated[str, Meta(min_length=1, max_length=NAME_MAX)]
Email = Annotated[str, Meta(max_length=ADDRESS_MAX)]
NewPassword = Annotated[str, Meta(min_length=PASSWORD_MIN, max_length=PASSWORD_MAX)]
AnyPassword = Annotated[str, Meta(max_length=PASSWORD_MAX)]
Token = Annotated[str, Meta(max_length=200)]


class Request(Struct, kw_only=True, forbid_unknown_fields=True):
    """Base of all request bodies."""


class SignIn(Request):
    """``POST /auth/token``: sign in; ``otp`` is reserved for two-step verification and ignored."""

    email: Email
    password: AnyPassword
    otp: Annotated[str, Meta(max_length=20)] | None = None
    device: Token | UnsetType = UNSET
    """What the last sign-in on this device gave as ``device``: other people's wrong passwords
    then do not keep it out."""


class Refresh(Request):
    """``POST /auth/refresh``: exchange a refresh token, which cannot be used again."""

    refresh_token: Token


class SignOut(Request):
    """``POST /auth/sign-out``: end the sign-in that the token belongs to."""

    refresh_token: Token


class ChangePassword(Request):
    """``POST /auth/password``: change the caller's own password; their other sign-ins end."""

    current_password: AnyPassword
    new_password: NewPassword


class SetAvailability(Request):
    """``PUT /me/availability``: be away, so that nobody can transfer sessions here, or be back."""

    away: bool


class CreateSession(Request):
    """``POST /sessions``: create a session.

    Attributes:
        to: The customer's e-mail address, for the session list; nothing is sent to it.
    """

    method: ConnectionMethod
    name: LongText = ""
    language: LanguageCode | None = None
    mobile: bool = False
    platform: DevicePlatform = DevicePlatform.AUTO
    to: Annotated[str, Meta(max_length=1_000)] | UnsetType = UNSET


class SendEmail(Request):
    """``POST /sessions/{id}/emails``: send the session's mail to the address *to*."""

    to: Annotated[str, Meta(max_length=1_000)]


class PreviewMail(Request):
    """``POST /mail/preview``: show the mail as it would be sent, before its session exists."""

    name: LongText = ""
    language: LanguageCode | None = None


class TransferSession(Request):
    """``POST /sessions/{id}/transfer``: to one technician or to one group."""

    technician_id: Token | None = None
    group_id: Token | None = None
    comment: Annotated[str, Meta(max_length=COMMENT_MAX)] = ""


class SendChat(Request):
    """``POST /sessions/{id}/chat``; repeating the same *key* sends nothing more."""

    text: Annotated[str, Meta(min_length=1, max_length=CHAT_MAX)]
    key: Annotated[
        str, Meta(min_length=1, max_length=CHAT_KEY_MAX, pattern=r"^[\x21-\x39\x3b-\x7e]+$")
    ]
    """Chosen by the sender's program: printable ASCII without colon or space."""


class SendSignal(Request):
    """``POST /sessions/{id}/signals``: a signal for the customer's side, passed on and not kept."""

    kind: SignalKind
    body: Annotated[str, Meta(max_length=SIGNAL_MAX)] = ""


class TakeSeat(Request):
    """``POST /sessions/{id}/seat``: help from this console; repeating it changes nothing more."""

    take_over: bool = False
    """Take the seat even from a console that is still there: the technician has decided it."""


class WriteNotes(Request):
    """``PUT /sessions/{id}/notes``: replace the notes on a session."""

    text: Annotated[str, Meta(max_length=NOTES_MAX)]


class CreateGroup(Request):
    """``POST /groups``: create a group below another one."""

    name: Name
    parent_id: Token
    permissions: dict[Permission, bool] = {}
    settings: GroupSettings = GroupSettings()


class ChangeGroup(Request):
    """``PATCH /groups/{id}``: a field left out stays as it is; ``null`` inherits again.

    The same holds for each language of ``mail_subject`` and ``mail_text``.
    """

    name: Name | UnsetType = UNSET
    parent_id: Token | UnsetType = UNSET
    permissions: dict[Permission, bool | None] | UnsetType = UNSET
    settings: dict[str, SettingChange] | UnsetType = UNSET


class CreateTechnician(Request):
    """``POST /technicians``: create a technician's account."""

    email: Email
    name: Name
    password: NewPassword
    group_id: Token
    administrator: bool = False
    mobile_module: bool = False
    language: LanguageCode | None = None


class ChangeTechnician(Request):
    """``PATCH /technicians/{id}``: a field left out stays as it is."""

    email: Email | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    password: NewPassword | UnsetType = UNSET
    group_id: Token | UnsetType = UNSET
    administrator: bool | UnsetType = UNSET
    mobile_module: bool | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


class ChangeOrganization(Request):
    """``PATCH /organization``: a field left out stays as it is."""

    name: Name | UnsetType = UNSET
    language: LanguageCode | UnsetType = UNSET
