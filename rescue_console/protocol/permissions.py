"""What a technician group may do. A group allows, denies or inherits each permission."""

from enum import StrEnum

from rescue_console.protocol.choices import ConnectionMethod


class Permission(StrEnum):
    """One power of a technician group; deny is the default at the top of the tree."""

    PRIVATE_SESSIONS = "private_sessions"
    METHOD_PIN = "method_pin"
    METHOD_EMAIL = "method_email"
    METHOD_LINK = "method_link"
    EMAIL_OWN_CLIENT = "email_own_client"
    EMAIL_SERVER = "email_server"
    MOBILE_MODULE = "mobile_module"
    HOLD_SESSIONS = "hold_sessions"
    TRANSFER_SESSIONS = "transfer_sessions"
    CHAT = "chat"
    VIEW_SCREEN = "view_screen"
    RECORD_SCREEN = "record_screen"
    CONTROL = "control"
    CLIPBOARD = "clipboard"
    SEND_FILES = "send_files"
    RECEIVE_FILES = "receive_files"
    FILE_MANAGER = "file_manager"
    SYSTEM_INFORMATION = "system_information"
    REBOOT = "reboot"


METHOD_PERMISSIONS: dict[ConnectionMethod, Permission] = {
    ConnectionMethod.PIN: Permission.METHOD_PIN,
    ConnectionMethod.EMAIL: Permission.METHOD_EMAIL,
    ConnectionMethod.LINK: Permission.METHOD_LINK,
}
"""Which permission lets a technician use a connection method."""
