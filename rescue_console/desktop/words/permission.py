"""The names of permissions on the screens, and the sentence about a missing one."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rescue_console.protocol.permissions import Permission

translate = QCoreApplication.translate

_NAMES: dict[Permission, object] = {
    Permission.PRIVATE_SESSIONS: QT_TRANSLATE_NOOP("Permission", "Private sessions"),
    Permission.METHOD_PIN: QT_TRANSLATE_NOOP("Permission", "Connection method: PIN code"),
    Permission.METHOD_EMAIL: QT_TRANSLATE_NOOP("Permission", "Connection method: e-mail"),
    Permission.METHOD_LINK: QT_TRANSLATE_NOOP("Permission", "Connection method: link"),
    Permission.EMAIL_OWN_CLIENT: QT_TRANSLATE_NOOP("Permission", "E-mail by own mail client"),
    Permission.EMAIL_SERVER: QT_TRANSLATE_NOOP("Permission", "E-mail through the Rescue servers"),
    Permission.MOBILE_MODULE: QT_TRANSLATE_NOOP("Permission", "Mobile module"),
    Permission.HOLD_SESSIONS: QT_TRANSLATE_NOOP("Permission", "Hold sessions"),
    Permission.TRANSFER_SESSIONS: QT_TRANSLATE_NOOP("Permission", "Transfer sessions"),
    Permission.CHAT: QT_TRANSLATE_NOOP("Permission", "Chat"),
    Permission.VIEW_SCREEN: QT_TRANSLATE_NOOP("Permission", "See the screen"),
    Permission.RECORD_SCREEN: QT_TRANSLATE_NOOP("Permission", "Record the screen"),
    Permission.CONTROL: QT_TRANSLATE_NOOP("Permission", "Control mouse and keyboard"),
    Permission.CLIPBOARD: QT_TRANSLATE_NOOP("Permission", "Clipboard"),
    Permission.SEND_FILES: QT_TRANSLATE_NOOP("Permission", "Send files"),
    Permission.RECEIVE_FILES: QT_TRANSLATE_NOOP("Permission", "Receive files"),
    Permission.FILE_MANAGER: QT_TRANSLATE_NOOP("Permission", "File manager"),
    Permission.SYSTEM_INFORMATION: QT_TRANSLATE_NOOP("Permission", "System information"),
    Permission.REBOOT: QT_TRANSLATE_NOOP("Permission", "Restart the device"),
}


def permission_text(permission: Permission) -> str:
    """Return what *permission* is called."""
    return QCoreApplication.translate("Permission", str(_NAMES[permission]))


def missing_permission(*permissions: Permission) -> str:
    """Return the sentence that says which permission is missing; any one of several would do."""
    separator = QCoreApplication.translate("Permission", "” or “")
    sentence = QCoreApplication.translate("Permission", "Your group lacks the permission “{0}”.")
    return sentence.format(separator.join(permission_text(each) for each in permissions))
