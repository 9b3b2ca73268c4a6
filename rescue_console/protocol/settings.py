"""The settings of a technician group, declared once: name, type, bounds and default.

A group gives a value or leaves the field out (``null``) to inherit it from the group above; the
topmost group inherits the defaults of this table.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import force_setattr

from rescue_console.protocol.choices import Language, LanguageCode
from rescue_console.protocol.languages import EARLIER, ENGLISH

Minutes = Annotated[int, Meta(ge=0, le=999)]
Hours = Annotated[int, Meta(ge=0, le=999)]
MailSubject = Annotated[str, Meta(min_length=1, max_length=200)]
MailBody = Annotated[str, Meta(min_length=1, max_length=20_000)]
Url = Annotated[str, Meta(max_length=500)]
Address = Annotated[str, Meta(max_length=254)]
SettingChange = str | int | dict[LanguageCode, str | None] | None
"""The new value of a setting; ``None`` inherits again, as does ``None`` for one language of a
template."""

TEMPLATES = ("mail_subject", "mail_text")
"""The settings that have a value for each language."""
EARLIER_NAMES = {f"{name}_{code}": (name, code) for name in TEMPLATES for code in EARLIER}
"""The names of each language's templates in version 0.1, which knew two languages.

They are still read, and sent beside the new ones, so that programs of that version keep working.
They will be removed in the release after next.
"""


class GroupSettings(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """What one group sets itself; ``None`` inherits."""

    mail_subject: dict[LanguageCode, MailSubject] | None = None
    """Templates by language; a language that is missing is inherited."""
    mail_text: dict[LanguageCode, MailBody] | None = None
    link_life_hours: Hours | None = None
    """How long a link lives, e-mailed or pasted, in hours; 0 = forever."""
    pin_life_minutes: Minutes | None = None
    """How long a PIN lives, in minutes; 0 = forever."""
    waiting_minutes: Minutes | None = None
    """How long a customer may wait before the session times out, in minutes; 0 = forever."""
    idle_minutes: Minutes | None = None
    """How long an active session may be idle before it times out, in minutes; 0 = forever."""
    sender_address: Address | None = None
    """Address in ``From`` of mails by the Rescue servers; empty = the server's own."""
    public_url: Url | None = None
    """Where customers reach the server; empty = the server's own public URL."""
    max_active_sessions: Annotated[int, Meta(ge=1, le=50)] | None = None
    """How many active sessions a technician may have at once; at this number they are busy."""
    chat_kept_days: Annotated[int, Meta(ge=0, le=3_650)] | None = None
    """For how many days the chat is kept after its session ends; 0 = only until it ends."""
    mail_subject_en: MailSubject | None = None
    mail_subject_fr: MailSubject | None = None
    mail_text_en: MailBody | None = None
    mail_text_fr: MailBody | None = None

    def __post_init__(self) -> None:
        for name in TEMPLATES:
            templates = _templates(self, name)
            force_setattr(self, name, templates or None)
            for code in EARLIER:
                force_setattr(self, f"{name}_{code}", templates.get(code))


class ResolvedSettings(Struct, kw_only=True, frozen=True):
    """The settings in force for a group once inheritance is resolved; nothing is ``None``.

    The templates have no defaults here: those are among the server's texts of each language.
    """

    mail_subject: dict[Language, str] = {}
    mail_text: dict[Language, str] = {}
    link_life_hours: int = 24
    pin_life_minutes: int = 15
    waiting_minutes: int = 60
    idle_minutes: int = 60
    sender_address: str = ""
    public_url: str = ""
    max_active_sessions: int = 10
    chat_kept_days: int = 30
    mail_subject_en: str = ""
    mail_subject_fr: str = ""
    mail_text_en: str = ""
    mail_text_fr: str = ""

    def __post_init__(self) -> None:
        for name in TEMPLATES:
            templates = _templates(self, name)
            force_setattr(self, name, templates)
            for code in EARLIER:
                earlier = templates.get(code) or templates.get(ENGLISH, "")
                force_setattr(self, f"{name}_{code}", earlier)


def under_new_names(changes: Mapping[str, SettingChange]) -> dict[str, Any]:
    """Return *changes* with the earlier names of templates replaced by the new ones.

    Where both names give a value for the same template, the new name's value wins.
    """
    renamed: dict[str, Any] = {}
    for earlier, (name, code) in EARLIER_NAMES.items():
        if earlier in changes:
            renamed[name] = {**renamed.get(name, {}), code: changes[earlier]}
    for name, value in changes.items():
        if name not in EARLIER_NAMES:
            renamed[name] = renamed.get(name, {}) | value if isinstance(value, dict) else value
    return renamed


def _templates(settings: GroupSettings | ResolvedSettings, name: str) -> dict[Language, str]:
    """Return the templates called *name*, including those given under earlier names."""
    earlier = {code: getattr(settings, f"{name}_{code}") for code in EARLIER}
    return {code: text for code, text in earlier.items() if text} | (getattr(settings, name) or {})
