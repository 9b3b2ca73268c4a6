"""The small sets of words that describe sessions and technicians, and the code of a language."""

from collections.abc import Collection
from enum import StrEnum
from typing import Annotated, NewType

from msgspec import Meta


class ConnectionMethod(StrEnum):
    """How the customer is reached."""

    PIN = "pin"
    EMAIL = "email"
    LINK = "link"

    @property
    def link_number(self) -> int:
        """The value of ``i`` in a link: 1 PIN, 2 e-mail, 3 link (4 is reserved for SMS)."""
        return _LINK_NUMBERS[self]


_LINK_NUMBERS = {ConnectionMethod.PIN: 1, ConnectionMethod.EMAIL: 2, ConnectionMethod.LINK: 3}


Language = NewType("Language", str)
"""The code of a language, which also names its files of texts: ``en``, ``fr``, ``pt-BR``.

Not a closed set: a program that has no texts for a code falls back, see ``languages``.
"""
LANGUAGE_PATTERN = "[a-z]{2,3}(-([A-Z][a-z]{3}|[A-Z]{2}|[0-9]{3}))?"
"""What a code looks like: a language, and perhaps a script or a region.

Source: RFC 5646 section 2.1. Tables have room for eight characters.
"""
LanguageCode = Annotated[Language, Meta(pattern=rf"^{LANGUAGE_PATTERN}(?!\n)$")]
"""A code that the decoder checks; ``$`` alone would let a trailing line break pass."""


class DevicePlatform(StrEnum):
    """What the customer's device runs; ``auto`` lets the join page find out."""

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


def may_run_one_of(platforms: Collection[DevicePlatform], detected: DevicePlatform | None) -> bool:
    """Tell whether a device can run one of these; one whose platform is unknown perhaps can."""
    return bool(platforms) and (detected in (None, DevicePlatform.AUTO) or detected in platforms)


class Availability(StrEnum):
    """Whether colleagues can transfer sessions to a technician: only when online."""

    ONLINE = "online"
    AWAY = "away"
    """By choice, or because none of their consoles is connected."""
    BUSY = "busy"
    """They have as many active sessions as their group allows."""


class EmailState(StrEnum):
    """How far an e-mail sent by the Rescue servers has come."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
