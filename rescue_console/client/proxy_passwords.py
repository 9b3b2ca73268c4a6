"""Keeps the password of a proxy: in the system's keyring, or until the program ends."""

from rescue_console.client.credentials import Credentials


class ProxyPasswords:
    """Passwords by proxy and user. All calls block: use them from a thread."""

    def __init__(self) -> None:
        self._credentials = Credentials()

    @property
    def persistent(self) -> bool:
        """Whether the keyring has worked so far."""
        return self._credentials.persistent

    def load(self, host: str, user: str) -> str:
        """Return the password of *user*; empty if none is kept."""
        return self._credentials.load(_place(host), user) or ""

    def store(self, host: str, user: str, password: str) -> None:
        """Keep *password* in place of an earlier one."""
        self._credentials.store(_place(host), user, password)


def _place(host: str) -> str:
    return f"proxy {host}"
