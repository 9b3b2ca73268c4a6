"""Why a power is not there, or not as it was asked for, in words that say what to do."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rescue_console.protocol.foreign_text import line
from rescue_console.protocol.hindrances import PowerHindrance

translate = QCoreApplication.translate

_SENTENCES: dict[str, object] = {
    PowerHindrance.DECLINED: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer has declined. Explain in the chat what it is for, then ask again.",
    ),
    PowerHindrance.TAKEN_BACK: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer had allowed it and has ended it. If it is still needed, say so in "
        "the chat, then ask again.",
    ),
    PowerHindrance.NOTHING_CHOSEN: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer has closed their browser’s own question without choosing anything. Ask "
        "them to press Allow again and to choose a screen or a window. If the browser asks them "
        "nothing, it blocks the page: they can lift that at the icon beside the address.",
    ),
    PowerHindrance.DENIED_BY_SYSTEM: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s system does not let their browser record the screen. Ask them to "
        "allow it (on a Mac: System Settings, Privacy and Security, Screen and System Audio "
        "Recording), to start the browser again, and to press Allow; or go on without the"
        " screen, in the chat and with the applet.",
    ),
    PowerHindrance.DENIED_BY_POLICY: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "A rule of whoever manages the customer’s browser or a server in between forbids "
        "showing the screen. Ask them to use another browser or device, with a new link; "
        "or go on without the screen, in the chat and with the applet.",
    ),
    PowerHindrance.BLOCKED: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s browser has been told to block the screen for this page, and asks"
        " them nothing. Ask them to click the icon beside the address, to remove the "
        "block, and to press Allow again; or go on without the screen, in the chat and "
        "with the applet.",
    ),
    PowerHindrance.NOTHING_FOUND: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s browser has found no screen or window. On a Mac, the system may "
        "not let it record the screen; on Linux, the service for sharing screens may not "
        "be running. Ask them to look there, or go on without the screen, in the chat and"
        " with the applet.",
    ),
    PowerHindrance.NOT_READABLE: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s system does not give their browser a picture of the screen. Ask "
        "them to close other programs that share or record it, or to choose something "
        "else.",
    ),
    PowerHindrance.BROKEN_OFF: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s browser gave up before anything was shown. Ask them to press "
        "Allow again or, if that does not help, to restart the browser.",
    ),
    PowerHindrance.CAMERA_ONLY: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s browser cannot show its screen, as on phones. It offers them the "
        "camera instead: ask them to point it at what is the matter.",
    ),
    PowerHindrance.CAMERA_DECLINED: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s browser can show only a camera’s picture, and they have not "
        "allowed the camera. Ask them to press Allow again, and to allow it in the "
        "browser’s own question.",
    ),
    PowerHindrance.CAMERA_DENIED_BY_SYSTEM: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s browser can show only a camera’s picture, and their system does "
        "not let it use the camera. Ask them to allow it in the system’s settings, or go "
        "on in the chat.",
    ),
    PowerHindrance.CAMERA_DENIED_BY_POLICY: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s browser can show only a camera’s picture, and a rule of whoever "
        "manages it forbids the camera. Ask them to use another device, with a new link, "
        "or go on in the chat.",
    ),
    PowerHindrance.CAMERA_BLOCKED: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s browser can show only a camera’s picture, and has been told to "
        "block the camera for this page. Ask them to tap the icon beside the address, to "
        "allow the camera, and to press Allow again.",
    ),
    PowerHindrance.CAMERA_NOT_FOUND: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s browser can show only a camera’s picture, and has found no "
        "camera. Ask them to connect one, or go on in the chat.",
    ),
    PowerHindrance.CAMERA_NOT_READABLE: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s browser can show only a camera’s picture, and the camera gives "
        "none, usually because another program is using it. Ask them to close that "
        "program, and to press Allow again.",
    ),
    PowerHindrance.CAMERA_BROKEN_OFF: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s browser gave up before the camera gave a picture. Ask them to "
        "press Allow again or, if that does not help, to restart the browser.",
    ),
    PowerHindrance.NO_CAPTURE: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s browser can show neither its screen nor a camera’s picture. Ask "
        "them to use another browser or device, with a new link; or go on without the "
        "screen, in the chat and with the applet.",
    ),
    PowerHindrance.NO_WEBRTC: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s browser makes no direct connections: WebRTC is switched off, by a"
        " setting, an add-on or their IT. It can neither show the screen nor exchange "
        "files. Ask them to switch it on or to use another browser, with a new link; or "
        "go on in the chat and with the applet.",
    ),
    PowerHindrance.INSECURE: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s page has come over plain http, where browsers let no page show "
        "the screen or exchange files. Your IT must give the server an https address; "
        "then send a new link. Until then, go on in the chat and with the applet.",
    ),
    PowerHindrance.NO_SCRIPTS: QT_TRANSLATE_NOOP(
        "PowerHindrance",
        "The customer’s browser runs no scripts: it can show nothing, exchange no files, "
        "and they cannot write in the chat. Ask them by phone to allow scripts for this "
        "page and to load it again, or to use another browser, with a new link.",
    ),
}


def power_hindrance_text(word: str) -> str:
    """Return what *word* means; the word of a later version is shown as it is."""
    known = _SENTENCES.get(word)
    if known is not None:
        return translate("PowerHindrance", str(known))
    return translate("PowerHindrance", "The customer’s page says: {0}").format(line(word))
