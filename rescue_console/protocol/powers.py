"""The powers over a customer's device; each is asked for, granted and taken back on its own."""

from enum import StrEnum

from rescue_console.protocol.permissions import Permission


class Power(StrEnum):
    """One thing that a customer can let the technician do with their device."""

    VIEW = "view"
    CONTROL = "control"
    CLIPBOARD = "clipboard"
    FILES = "files"
    FILE_MANAGER = "file_manager"
    SYSTEM_INFORMATION = "system_information"
    REBOOT = "reboot"

    @property
    def needs_applet(self) -> bool:
        """Whether only the applet can provide it; viewing and single files need just the page."""
        return self not in (Power.VIEW, Power.FILES)


APPLET_POWERS = frozenset(power for power in Power if power.needs_applet)
"""The powers that only the applet can provide."""


class Consent(StrEnum):
    """The state of one power: whether the customer was asked, and what they answered."""

    NONE = "none"
    ASKED = "asked"
    GRANTED = "granted"
    DENIED = "denied"


STANDING = frozenset({Consent.ASKED, Consent.GRANTED})
"""The consents that stand: the technician wants the power, and the customer has not said no."""


POWER_PERMISSIONS: dict[Power, frozenset[Permission]] = {
    Power.VIEW: frozenset({Permission.VIEW_SCREEN}),
    Power.CONTROL: frozenset({Permission.CONTROL}),
    Power.CLIPBOARD: frozenset({Permission.CLIPBOARD}),
    Power.FILES: frozenset({Permission.SEND_FILES, Permission.RECEIVE_FILES}),
    Power.FILE_MANAGER: frozenset({Permission.FILE_MANAGER}),
    Power.SYSTEM_INFORMATION: frozenset({Permission.SYSTEM_INFORMATION}),
    Power.REBOOT: frozenset({Permission.REBOOT}),
}
"""The permissions that let a technician ask for a power; any one of them is enough."""
