"""The settings of a technician group, declared once: name, type, bounds and default.

A group gives a value or leaves the field out (``null``) to inherit it from the group above; the
topmost group inherits the defaults of this table.
"""

from typing import Annotated

from msgspec import Meta, Struct

Minutes = Annotated[int, Meta(ge=0, le=999)]
Hours = Annotated[int, Meta(ge=0, le=999)]
MailSubject = Annotated[str, Meta(min_length=1, max_length=200)]
MailBody = Annotated[str, Meta(min_length=1, max_length=20_000)]
Url = Annotated[str, Meta(max_length=500)]
Address = Annotated[str, Meta(max_length=254)]


class GroupSettings(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """What one group sets itself; ``None`` inherits."""

    mail_subject_en: MailSubject | None = None
    mail_subject_fr: MailSubject | None = None
    mail_text_en: MailBody | None = None
    mail_text_fr: MailBody | None = None
    link_life_hours: Hours | None = None
    """Life of an e-mail's or a pasted link, in hours; 0 = for ever."""
    pin_life_minutes: Minutes | None = None
    """Life of a PIN in minutes; 0 = for ever."""
    waiting_minutes: Minutes | None = None
    """How long a customer may wait before the session times out; 0 = for ever."""
    idle_minutes: Minutes | None = None
    """How long an active session may be idle before it times out; 0 = for ever."""
    sender_address: Address | None = None
    """Address in ``From`` of mails by the Rescue servers; empty = the server's own."""
    public_url: Url | None = None
    """Where customers reach the server; empty = the server's own public URL."""
    max_active_sessions: Annotated[int, Meta(ge=1, le=50)] | None = None
    """How many sessions one technician may have active at once; who has so many is busy."""
    chat_kept_days: Annotated[int, Meta(ge=0, le=3_650)] | None = None
    """For how many days the chat is kept after its session's end; 0 = until the end only."""


class ResolvedSettings(Struct, kw_only=True, frozen=True):
    """The settings in force for a group once inheritance has been followed; nothing is ``None``."""

    mail_subject_en: str = "Link to connect by e-mail"
    mail_subject_fr: str = "Lien de connexion par e-mail"
    mail_text_en: str = (
        "Please click the link below to request a live support session:\n\n{link}\n\n"
        "Kind regards,\nThe support team"
    )
    mail_text_fr: str = (
        "Veuillez cliquer sur le lien ci-dessous pour demander une session d’assistance en "
        "direct\u00a0:\n\n{link}\n\nCordialement,\nL’équipe d’assistance"
    )
    link_life_hours: int = 24
    pin_life_minutes: int = 15
    waiting_minutes: int = 60
    idle_minutes: int = 60
    sender_address: str = ""
    public_url: str = ""
    max_active_sessions: int = 10
    chat_kept_days: int = 30
