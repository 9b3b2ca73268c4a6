"""The names of device platforms on the screens."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rescue_console.protocol.choices import DevicePlatform

_PLATFORMS: dict[DevicePlatform, object] = {
    DevicePlatform.AUTO: QT_TRANSLATE_NOOP("DevicePlatform", "Automatic detection"),
    DevicePlatform.WINDOWS: "Windows",
    DevicePlatform.MACOS: "macOS",
    DevicePlatform.LINUX: "Linux",
    DevicePlatform.CHROMEOS: "ChromeOS",
    DevicePlatform.ANDROID: "Android",
    DevicePlatform.IOS: "iOS/iPadOS",
}


def platform_name(platform: DevicePlatform) -> str:
    """Return what *platform* is called; only automatic detection differs by language."""
    return QCoreApplication.translate("DevicePlatform", str(_PLATFORMS[platform]))
