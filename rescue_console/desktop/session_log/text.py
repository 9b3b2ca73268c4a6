"""What a session's log tells, in the language of the screens."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rescue_console.desktop.words.power import power_text
from rescue_console.desktop.words.restart import problem_sentence
from rescue_console.desktop.words.status import method_text, status_text
from rescue_console.protocol.answers import LogEntry
from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.restart import RestartProblem
from rescue_console.protocol.statuses import SessionStatus

_WORDS: dict[str, object] = {
    "created": QT_TRANSLATE_NOOP("SessionLog", "Session created"),
    "email_queued": QT_TRANSLATE_NOOP("SessionLog", "E-mail handed to the Rescue servers"),
    "email_sent": QT_TRANSLATE_NOOP("SessionLog", "E-mail sent"),
    "email_failed": QT_TRANSLATE_NOOP("SessionLog", "E-mail refused by the mail server"),
    "applet_joined": QT_TRANSLATE_NOOP("SessionLog", "The applet has joined"),
    "applet_connected": QT_TRANSLATE_NOOP("SessionLog", "The applet is connected"),
    "applet_gone": QT_TRANSLATE_NOOP("SessionLog", "The applet is no longer connected"),
    "recording_on": QT_TRANSLATE_NOOP("SessionLog", "Recording started"),
    "recording_off": QT_TRANSLATE_NOOP("SessionLog", "Recording ended"),
}
"""What the server logs beside changes of status, which it logs by the status's name."""

_RESTARTS = {f"restart_{problem}": problem for problem in RestartProblem}
"""Why the customer's device was not restarted."""

_CONSENTS: dict[Consent, object] = {
    Consent.NONE: QT_TRANSLATE_NOOP("SessionLog", "{0}: given up"),
    Consent.ASKED: QT_TRANSLATE_NOOP("SessionLog", "{0}: asked"),
    Consent.GRANTED: QT_TRANSLATE_NOOP("SessionLog", "{0}: granted by the customer"),
    Consent.DENIED: QT_TRANSLATE_NOOP("SessionLog", "{0}: denied or taken back by the customer"),
}
"""Of a power, which the server logs as ``view_granted``."""


def what_text(entry: LogEntry) -> str:
    """Return what happened; an entry that this version does not know is shown as it is."""
    if entry.what in _WORDS:
        return QCoreApplication.translate("SessionLog", str(_WORDS[entry.what]))
    if entry.what in _RESTARTS:
        return problem_sentence(_RESTARTS[entry.what])
    if entry.what in set(SessionStatus):
        name = status_text(SessionStatus(entry.what))
        return QCoreApplication.translate("SessionLog", "Status: {0}").format(name)
    power, _, consent = entry.what.rpartition("_")
    if power in set(Power) and consent in set(Consent):
        sentence = QCoreApplication.translate("SessionLog", str(_CONSENTS[Consent(consent)]))
        return sentence.format(power_text(Power(power)))
    return entry.what


def detail_text(entry: LogEntry) -> str:
    """Return the rest of an entry."""
    if entry.what == "created" and entry.detail in set(ConnectionMethod):
        return method_text(ConnectionMethod(entry.detail))
    return entry.detail
