"""A technician's computer: home folder, language, mail program and sound player."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from rescue_console.protocol.choices import Language

_FOLDERS = {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": "run",
}
_SYSTEM_LANGUAGES = {Language("en"): "en_GB.UTF-8", Language("fr"): "fr_FR.UTF-8"}


class Home:
    """A home folder in which programs leave traces that can be inspected.

    Args:
        folder: Where it is; it is made if it does not exist yet.
        display: Variables that lead to a screen.
        language: The language of the system.
    """

    def __init__(self, folder: Path, display: Mapping[str, str], language: Language) -> None:
        self.folder = folder
        self._programs = folder / "bin"
        self._programs.mkdir(parents=True, exist_ok=True)
        self.environment = dict(display) | {
            "HOME": str(folder),
            "LANG": _SYSTEM_LANGUAGES[language],
            "PATH": f"{self._programs}{os.pathsep}{os.environ['PATH']}",
        }
        for name, place in _FOLDERS.items():
            (folder / place).mkdir(mode=0o700, parents=True, exist_ok=True)
            self.environment[name] = str(folder / place)
        self._install_player()

    def install_mail_program(self) -> None:
        """Install a mail program as the system's handler of ``mailto:``, as a real one would be.

        Source: freedesktop.org, "Desktop Entry Specification" and "MIME Applications".
        """
        program = self._install("mail-program", 'printf "%s\\n" "$1" >> "$HOME/mails.txt"')
        entry = [
            "[Desktop Entry]",
            "Type=Application",
            "Name=Mail program",
            f"Exec={program} %u",
            "MimeType=x-scheme-handler/mailto;",
        ]
        applications = self.folder / ".local/share/applications"
        applications.mkdir(parents=True, exist_ok=True)
        (applications / "mail-program.desktop").write_text("\n".join(entry) + "\n", "utf-8")
        (self.folder / ".config/mimeapps.list").write_text(
            "[Default Applications]\nx-scheme-handler/mailto=mail-program.desktop\n", "utf-8"
        )

    def opened_mails(self) -> list["OpenedMail"]:
        """Return the mails that the mail program was asked to compose, in order."""
        path = self.folder / "mails.txt"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return [OpenedMail(line) for line in lines]

    def played_sounds(self) -> list[str]:
        """Return the names of the sounds that were played, in order."""
        path = self.folder / "sounds.txt"
        return path.read_text("utf-8").split() if path.exists() else []

    def words_like(self, pattern: bytes) -> list[str]:
        """Return everything that matches *pattern* in the files of this home."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return [word.decode() for path in files for word in re.findall(pattern, path.read_bytes())]

    def _install_player(self) -> None:
        self._install("pw-play", 'basename "$1" .wav >> "$HOME/sounds.txt"')

    def _install(self, name: str, line: str) -> Path:
        path = self._programs / name
        path.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        path.chmod(0o755)
        return path


class OpenedMail:
    """A mail that a ``mailto:`` URL (RFC 6068) asked the mail program to compose."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.scheme == "mailto", url
        fields = parse_qs(parts.query.replace("+", "%2B"), strict_parsing=True)
        self.to = unquote(parts.path)
        self.subject = fields["subject"][0]
        self.text = fields["body"][0]
