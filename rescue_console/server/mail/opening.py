"""Opens the transport that a mail URL names."""

from typing import assert_never

from rescue_console.server.mail.folder_transport import FolderTransport
from rescue_console.server.mail.smtp_transport import SmtpTransport
from rescue_console.server.mail.smtp_url import FolderSettings, MailSettings, SmtpSettings
from rescue_console.server.mail.transport import Transport


def open_transport(settings: MailSettings) -> Transport:
    """Return the transport for *settings*; nothing is contacted yet.

    Raises:
        TooOpen: see FolderTransport.
    """
    match settings:
        case SmtpSettings():
            return SmtpTransport(settings)
        case FolderSettings():
            return FolderTransport(settings.folder)
        case _:
            assert_never(settings)
