"""Which applets this server offers: one built file for each platform, in one folder."""

from dataclasses import dataclass
from pathlib import Path

from rescue_console.protocol.choices import DevicePlatform

APPLET_FILES: dict[DevicePlatform, str] = {
    DevicePlatform.WINDOWS: "rescue-applet.exe",
    DevicePlatform.MACOS: "rescue-applet.app.zip",
    DevicePlatform.LINUX: "rescue-applet",
}
"""The name of each platform's applet in the folder, as the build names it."""


@dataclass(frozen=True)
class Applets:
    """The folder of built applets; None if the server offers none."""

    folder: Path | None

    def find(self, platform: DevicePlatform) -> Path | None:
        """Return the file for *platform*, or None."""
        name = APPLET_FILES.get(platform)
        if self.folder is None or name is None:
            return None
        path = self.folder / name
        return path if path.is_file() else None

    def platforms(self) -> list[DevicePlatform]:
        """Return the platforms that there is an applet for."""
        return [platform for platform in APPLET_FILES if self.find(platform) is not None]

    def platform_of(self, name: str) -> DevicePlatform | None:
        """Return the platform whose file is called *name*; None for files that nobody may fetch."""
        return next((platform for platform, file in APPLET_FILES.items() if file == name), None)
