"""What the console says about a link that no customer elsewhere can open."""

from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from rescue_console.network.server_address import opens_only_there
from rescue_console.protocol.foreign_text import line

translate = QCoreApplication.translate


def only_there_text(link: str) -> str:
    """Return that only the server's own computer can open *link*, and what to do; else nothing."""
    if not opens_only_there(link):
        return ""
    return translate(
        "Links",
        "Links of this server lead to {0}, so only the computer that it runs on can open them; "
        "with --local, that is this computer. To help somebody elsewhere, sign in to a server that "
        "they can reach, or ask your IT department to set this server's public URL.",
    ).format(line(urlsplit(link).netloc))
