"""The desktop's settings, declared in one table: name, type, default, text, lockable by policy.

To add one, add a line to ``Settings``; everything else follows from it. Values are read and set as
plain attributes (``settings.sound_on = False``) and are on disk when the assignment returns.
"""

import logging
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, Generic, NewType, Self, TypeVar, overload

import msgspec
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Signal

from rescue_console.desktop.program.settings_file import (
    FILE_NAME,
    SettingsFile,
    SettingsFileCorrupt,
    config_folder,
    read_policy,
)
from rescue_console.protocol.choices import (
    LANGUAGE_PATTERN,
    ConnectionMethod,
    Language,
    LanguageCode,
)

T = TypeVar("T")
log = logging.getLogger(__name__)


LanguageChoice = NewType("LanguageChoice", str)
"""The language of the screens: a language code, or AS_SYSTEM."""
AS_SYSTEM = LanguageChoice("system")
PROXY_PORT = 3128
"""The port that proxies usually have."""


class ThemeChoice(StrEnum):
    """Which palette the screens have."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class ProxyWay(StrEnum):
    """Which proxy leads to the server."""

    SYSTEM = "system"
    NONE = "none"
    BY_HAND = "by_hand"


class EmailWay(StrEnum):
    """How the link's e-mail leaves: from the technician's mail client or the Rescue servers."""

    OWN_CLIENT = "own_client"
    SERVER = "server"


class Setting(Generic[T]):
    """One line of the table.

    Attributes:
        kind: The type that ``msgspec`` reads the stored value as.
        default: The value until somebody sets another.
        text: What people call it, in English; shown through ``label``.
        lockable: Whether IT's policy file may fix it.
    """

    name: str

    def __init__(self, kind: Any, default: T, text: object = "", *, lockable: bool = False) -> None:
        self.kind = kind
        self.default = default
        self.text = text
        self.lockable = lockable

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, settings: None, owner: type) -> Self: ...
    @overload
    def __get__(self, settings: "Settings", owner: type) -> T: ...
    def __get__(self, settings: "Settings | None", owner: type) -> Self | T:
        return self if settings is None else settings.value(self)

    def __set__(self, settings: "Settings", value: T) -> None:
        settings.set_value(self, value)

    def read(self, stored: object) -> T:
        """Return *stored* as this setting's type.

        Raises:
            msgspec.ValidationError: it is not a value of that type.
        """
        value: T = msgspec.convert(stored, self.kind)
        return value

    @property
    def label(self) -> str:
        """What people call it, in the language of the screens."""
        return QCoreApplication.translate("Settings", str(self.text)) if self.text else self.name


class Settings(QObject):
    """What the technician has chosen on this computer."""

    changed = Signal(str)
    """A setting, named here, has another value."""
    notice_changed = Signal()
    """``notice`` has changed."""

    server_url = Setting(str, "", QT_TRANSLATE_NOOP("Settings", "Server address"), lockable=True)
    email = Setting(str, "", QT_TRANSLATE_NOOP("Settings", "E-mail address"))
    language = Setting(
        Annotated[LanguageChoice, msgspec.Meta(pattern=f"^({AS_SYSTEM}|{LANGUAGE_PATTERN})$")],
        AS_SYSTEM,
        QT_TRANSLATE_NOOP("Settings", "Language"),
        lockable=True,
    )
    theme = Setting(
        ThemeChoice, ThemeChoice.SYSTEM, QT_TRANSLATE_NOOP("Settings", "Theme"), lockable=True
    )
    sound_on = Setting(bool, True, QT_TRANSLATE_NOOP("Settings", "Sounds"), lockable=True)
    notifications_on = Setting(
        bool, True, QT_TRANSLATE_NOOP("Settings", "Notifications"), lockable=True
    )
    start_with_system = Setting(
        bool, False, QT_TRANSLATE_NOOP("Settings", "Start with the system"), lockable=True
    )
    proxy_way = Setting(
        ProxyWay, ProxyWay.SYSTEM, QT_TRANSLATE_NOOP("Settings", "Proxy"), lockable=True
    )
    proxy_host = Setting(str, "", QT_TRANSLATE_NOOP("Settings", "Proxy address"), lockable=True)
    proxy_port = Setting(
        Annotated[int, msgspec.Meta(ge=1, le=65_535)],
        PROXY_PORT,
        QT_TRANSLATE_NOOP("Settings", "Proxy port"),
        lockable=True,
    )
    proxy_user = Setting(str, "", QT_TRANSLATE_NOOP("Settings", "Proxy user"), lockable=True)
    email_way = Setting(EmailWay, EmailWay.OWN_CLIENT)
    customer_language = Setting[Language | None](LanguageCode | None, None)
    create_session_tab = Setting(ConnectionMethod, ConnectionMethod.EMAIL)
    window_geometry = Setting(bytes, b"")
    window_state = Setting(bytes, b"")
    session_list_state = Setting(bytes, b"")
    chat_replies = Setting[list[str] | None](list[str] | None, None)
    """Prepared replies and addresses for the chat; ``None`` = the usual ones."""
    workspace_geometry = Setting(bytes, b"")
    """Place and size of a session's own window."""
    away_by_itself = Setting(bool, False)
    """Whether the technician is away because nothing was typed or clicked, not by choice."""
    local_port = Setting(int, 0)
    """Last port of the embedded server, kept so that links in mails stay valid; 0 = none yet."""

    def __init__(
        self,
        file: SettingsFile,
        policy: Mapping[str, object] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._notice = ""
        self._saving_failed = False
        self._values: dict[str, Any] = {}
        self._stored = self._read_file()
        self._apply_stored(dict(self._stored))
        self._locked = self._apply_policy(policy or {})

    @classmethod
    def open(cls, parent: QObject | None = None) -> "Settings":
        """Return this person's settings from the platform's folder, under this machine's policy."""
        return cls(SettingsFile(config_folder() / FILE_NAME), read_policy(), parent)

    @property
    def notice(self) -> str:
        """What the person must be told about the settings file; empty when all is well."""
        return self._notice

    def is_locked(self, name: str) -> bool:
        """Tell whether IT's policy has fixed the setting called *name*."""
        return name in self._locked

    def value(self, setting: Setting[T]) -> T:
        """Return the current value of a setting."""
        value: T = self._values.get(setting.name, setting.default)
        return value

    def set_value(self, setting: Setting[T], value: T) -> None:
        """Change a setting, store it and emit ``changed``; ignored if policy has locked it."""
        if self.is_locked(setting.name) or value == self.value(setting):
            return
        self._values[setting.name] = value
        self._stored[setting.name] = msgspec.to_builtins(value)
        self._write_file()
        self.changed.emit(setting.name)

    def _read_file(self) -> dict[str, object]:
        try:
            return self._file.read()
        except SettingsFileCorrupt as error:
            log.warning("The settings file is corrupt: %s", error)
            self._keep_corrupt_file_aside()
        except OSError as error:
            log.warning("The settings file cannot be read: %s", error)
            self._say(
                self.tr("The settings cannot be read: {0}. Defaults are used.").format(
                    error.strerror or error
                )
            )
        return {}

    def _keep_corrupt_file_aside(self) -> None:
        try:
            aside = self._file.keep_aside()
        except OSError as error:
            log.warning("The corrupt settings file cannot be renamed: %s", error)
            self._say(self.tr("The settings file is damaged. Defaults are used."))
            return
        self._say(
            self.tr("The settings file was damaged and is kept as {0}. Defaults are used.").format(
                aside.name
            )
        )

    def _apply_stored(self, stored: Mapping[str, object]) -> None:
        """Use the stored values that can be read; drop the others and say so."""
        refused = []
        for setting in table():
            if setting.name in stored:
                try:
                    self._values[setting.name] = setting.read(stored[setting.name])
                except msgspec.ValidationError as error:
                    log.warning("Setting %s is not usable: %s", setting.name, error)
                    refused.append((setting.name, setting.label))
        if refused:
            for name, _ in refused:
                self._stored.pop(name)
            self._say(
                self.tr("These settings could not be used and are back to normal: {0}").format(
                    ", ".join(label for _, label in refused)
                )
            )

    def _apply_policy(self, policy: Mapping[str, object]) -> frozenset[str]:
        locked = set()
        for setting in table():
            if setting.lockable and setting.name in policy:
                try:
                    self._values[setting.name] = setting.read(policy[setting.name])
                    locked.add(setting.name)
                except msgspec.ValidationError as error:
                    log.warning("Policy for %s is ignored: %s", setting.name, error)
        return frozenset(locked)

    def _write_file(self) -> None:
        try:
            self._file.write(self._stored)
        except OSError as error:
            log.warning("The settings cannot be saved: %s", error)
            self._saving_failed = True
            self._say(
                self.tr("The settings cannot be saved: {0}. They hold until you quit.").format(
                    error.strerror or error
                )
            )
        else:
            if self._saving_failed:
                self._saving_failed = False
                self._say("")

    def _say(self, notice: str) -> None:
        if notice != self._notice:
            self._notice = notice
            self.notice_changed.emit()


def table() -> Iterator[Setting[Any]]:
    """Yield the lines of the table, in order."""
    return (entry for entry in vars(Settings).values() if isinstance(entry, Setting))
