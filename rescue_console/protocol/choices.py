"""Small closed sets that a session is described with: method, language, device platform."""

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


class EmailState(StrEnum):
    """How far an e-mail that goes through the Rescue servers has come."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
