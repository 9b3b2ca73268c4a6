"""The permissions of technician groups. A group allows, denies or inherits each one."""

from enum import StrEnum

from rescue_console.protocol.choices import ConnectionMethod


class Permission(StrEnum):
    """One thing that a group lets its technicians do; the topmost group denies by default."""

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
"""The permission that a technician needs for each connection method."""
