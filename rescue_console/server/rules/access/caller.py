"""Who is calling: a signed-in technician and what they may do at this moment."""

from dataclasses import dataclass

from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.settings import ResolvedSettings
from rescue_console.server.refusals import refuse

PERMISSION_NAMES = {
    Permission.PRIVATE_SESSIONS: "private sessions",
    Permission.METHOD_PIN: "the PIN code method",
    Permission.METHOD_EMAIL: "the e-mail method",
    Permission.METHOD_LINK: "the link method",
    Permission.EMAIL_OWN_CLIENT: "e-mail by one's own mail client",
    Permission.EMAIL_SERVER: "e-mail through the Rescue servers",
    Permission.MOBILE_MODULE: "the mobile module",
    Permission.HOLD_SESSIONS: "putting sessions on hold",
    Permission.TRANSFER_SESSIONS: "transferring sessions",
    Permission.CHAT: "chat",
    Permission.VIEW_SCREEN: "seeing the customer's screen",
    Permission.RECORD_SCREEN: "recording the customer's screen",
    Permission.CONTROL: "remote control",
    Permission.CLIPBOARD: "the clipboard",
    Permission.SEND_FILES: "sending files",
    Permission.RECEIVE_FILES: "receiving files",
    Permission.FILE_MANAGER: "the file manager",
    Permission.SYSTEM_INFORMATION: "system information",
    Permission.REBOOT: "restarting the customer's device",
}


@dataclass(frozen=True, kw_only=True)
class Caller:
    """A technician who is signed in.

    Attributes:
        visible_groups: Ids of the technician's group and all below it, whose sessions they see.
        path: Ids of the technician's group and all above it.
    """

    technician_id: str
    sign_in_id: str
    name: str
    email: str
    administrator: bool
    group_id: str
    group_name: str
    permissions: frozenset[Permission]
    settings: ResolvedSettings
    visible_groups: frozenset[str]
    path: frozenset[str]
    away: bool = False

    def require(self, *permissions: Permission) -> None:
        """Require all *permissions*.

        Raises:
            Refusal: ``permission-missing``, naming the first one that is missing.
        """
        for permission in permissions:
            if permission not in self.permissions:
                raise refuse(
                    ProblemWord.PERMISSION_MISSING,
                    f"Your technician group is not allowed {PERMISSION_NAMES[permission]}. "
                    "Ask your administrator.",
                    permission=permission,
                )

    def require_administrator(self) -> None:
        """Require that the technician is an administrator.

        Raises:
            Refusal: ``not-allowed``.
        """
        if not self.administrator:
            raise refuse(ProblemWord.NOT_ALLOWED, "Only an administrator may do this.")
