"""What is wrong with a typed server address, in the language of the screens."""

from PySide6.QtCore import QCoreApplication

from rescue_console.network.server_address import AddressFault

translate = QCoreApplication.translate


def address_text(fault: AddressFault) -> str:
    """Return what to change about the address."""
    match fault:
        case AddressFault.EMPTY:
            return translate("ServerAddress", "Type the address of your Rescue server.")
        case AddressFault.SCHEME:
            return translate("ServerAddress", "The address must begin with https:// or http://.")
        case AddressFault.HOST:
            return translate("ServerAddress", "This is not the address of a server.")
        case AddressFault.PORT:
            return translate("ServerAddress", "The port must be a number from 1 to 65535.")
        case AddressFault.SECRETS:
            return translate(
                "ServerAddress", "The address must not hold a user name or a password."
            )
