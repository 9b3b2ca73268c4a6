r"""Asks the registry of Windows which program opens URLs of a scheme.

Sources: Microsoft, "Registering an Application to a URI Scheme" (``shell\open\command``),
"Default Programs" (the choice of the person, by ``ProgId``) and "Verbs and File Associations"
(``DelegateExecute``, which takes the place of a command, as with programs from the store).
"""

import sys
from collections.abc import Callable

_CHOICE = (
    r"HKEY_CURRENT_USER\Software\Microsoft\Windows\Shell\Associations\UrlAssociations"
    r"\{scheme}\UserChoice"
)
_CLASS = r"HKEY_CLASSES_ROOT\{name}\shell\open\command"

Read = Callable[[str, str], str]
"""Returns the value of a key; empty where there is none. Raises ``OSError`` if it may not look."""


def read_registry(key: str, value: str) -> str:
    """Return *value* of *key*, which begins with the name of its root.

    Raises:
        OSError: the registry does not let this program look.
    """
    if sys.platform != "win32":
        return ""
    import winreg

    root, _, path = key.partition("\\")
    try:
        with winreg.OpenKey(getattr(winreg, root), path) as opened:
            return str(winreg.QueryValueEx(opened, value)[0])
    except FileNotFoundError:
        return ""


def has_handler(scheme: str, read: Read = read_registry) -> bool:
    """Tell whether a program is registered for *scheme*; if that cannot be read, assume one."""
    try:
        chosen = read(_CHOICE.format(scheme=scheme), "ProgId")
        return any(_opens(name, read) for name in (chosen, scheme) if name)
    except OSError:
        return True


def _opens(name: str, read: Read) -> bool:
    command = _CLASS.format(name=name)
    return bool(read(command, "").strip() or read(command, "DelegateExecute").strip())
