"""Why a sign-in is not kept, and what to do about it, in words."""

from PySide6.QtCore import QCoreApplication

from rescue_console.client.credentials import KeyringTrouble

translate = QCoreApplication.translate


def keyring_text(trouble: KeyringTrouble) -> str:
    """Return what is wrong with this computer's keyring, and what to do."""
    match trouble:
        case KeyringTrouble.ABSENT:
            return translate(
                "Keyring",
                "This computer has no keyring that works, so you must sign in at each start. To "
                "stay signed in, ask IT to set up a keyring on this computer.",
            )
        case KeyringTrouble.LOCKED:
            return translate(
                "Keyring",
                "This computer’s keyring is locked, so you must sign in at each start. To stay "
                "signed in, unlock it with your system’s password manager, then start this "
                "program again.",
            )
        case KeyringTrouble.CANCELLED:
            return translate(
                "Keyring",
                "You did not unlock this computer’s keyring, so your sign-in is not kept this "
                "time. To stay signed in, start this program again and type the keyring’s "
                "password when it asks.",
            )
        case KeyringTrouble.SILENT:
            return translate(
                "Keyring",
                "This computer’s keyring did not answer in time, so your sign-in is not kept "
                "this time. If it still asks for its password, type it; then start this program "
                "again.",
            )
        case KeyringTrouble.FAILED:
            return translate(
                "Keyring",
                "This computer’s keyring reports an error, so your sign-in is not kept this "
                "time. The log file says which; show it to IT if it comes again.",
            )
