"""The permissions' names as screens show them."""

from PySide6.QtCore import QCoreApplication

from rescue_console.protocol.permissions import Permission


def permission_text(permission: Permission) -> str:
    """Return the name of *permission* in the person's language."""
    return {
        Permission.PRIVATE_SESSIONS: _tr("Private sessions"),
        Permission.METHOD_PIN: _tr("Connect by PIN code"),
        Permission.METHOD_EMAIL: _tr("Connect by e-mail"),
        Permission.METHOD_LINK: _tr("Connect by link"),
        Permission.EMAIL_OWN_CLIENT: _tr("E-mail with the technician's mail client"),
        Permission.EMAIL_SERVER: _tr("E-mail through the Rescue servers"),
        Permission.MOBILE_MODULE: _tr("Mobile module"),
        Permission.HOLD_SESSIONS: _tr("Hold sessions"),
        Permission.TRANSFER_SESSIONS: _tr("Transfer sessions"),
    }[permission]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Permission", text)
