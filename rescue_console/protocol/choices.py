"""Small closed sets that sessions and technicians are described with."""

from enum import StrEnum


class ConnectionMethod(StrEnum):
    """How the customer is reached."""

    PIN = "pin"
    EMAIL = "email"
    LINK = "link"

    @property
    def link_number(self) -> int:
        """The value of ``i`` in a link: 1 PIN, 2 e-mail, 3 link (4 is kept for SMS)."""
        return _LINK_NUMBERS[self]


_LINK_NUMBERS = {ConnectionMethod.PIN: 1, ConnectionMethod.EMAIL: 2, ConnectionMethod.LINK: 3}


class Language(StrEnum):
    """A language that screens, mails and join pages exist in (ISO 639-1)."""

    ENGLISH = "en"
    FRENCH = "fr"


class DevicePlatform(StrEnum):
    """What the customer's device runs; ``auto`` leaves it to the join page to find out."""

    AUTO = "auto"
    WINDOWS = "windows"
    MACOS = "macos"
    LINUX = "linux"
    CHROMEOS = "chromeos"
    ANDROID = "android"
    IOS = "ios"

    @property
    def is_mobile(self) -> bool:
        """Whether this is a phone's or tablet's platform, which needs the mobile module."""
        return self in (DevicePlatform.ANDROID, DevicePlatform.IOS)


class Availability(StrEnum):
    """Whether a technician takes sessions from colleagues; only who is online does."""

    ONLINE = "online"
    AWAY = "away"
    """By choice, or no console of theirs is connected."""
    BUSY = "busy"
    """They have as many active sessions as their group allows."""


class EmailState(StrEnum):
    """How far an e-mail that goes through the Rescue servers has come."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
