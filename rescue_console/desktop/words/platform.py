"""What device platforms and languages are called on the screens."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rescue_console.protocol.choices import DevicePlatform, Language

_PLATFORMS: dict[DevicePlatform, object] = {
    DevicePlatform.AUTO: QT_TRANSLATE_NOOP("DevicePlatform", "Automatic detection"),
    DevicePlatform.WINDOWS: "Windows",
    DevicePlatform.MACOS: "macOS",
    DevicePlatform.LINUX: "Linux",
    DevicePlatform.CHROMEOS: "ChromeOS",
    DevicePlatform.ANDROID: "Android",
    DevicePlatform.IOS: "iOS/iPadOS",
}
_LANGUAGES = {Language.ENGLISH: "English", Language.FRENCH: "Français"}
"""Each in its own words, so that people find theirs."""


def platform_name(platform: DevicePlatform) -> str:
    """Return what *platform* is called; only automatic detection differs by language."""
    return QCoreApplication.translate("DevicePlatform", str(_PLATFORMS[platform]))


def language_name(language: Language) -> str:
    """Return what *language* calls itself."""
    return _LANGUAGES[language]
