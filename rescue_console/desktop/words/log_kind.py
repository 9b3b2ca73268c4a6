"""The texts of a session's log, in the language of the screens."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from rescue_console.desktop.words.email_trouble import trouble_sentence
from rescue_console.desktop.words.power import power_text
from rescue_console.desktop.words.power_hindrance import power_hindrance_text
from rescue_console.desktop.words.restart import problem_sentence
from rescue_console.desktop.words.status import method_text, status_text
from rescue_console.protocol.answers import LogEntry
from rescue_console.protocol.choices import ConnectionMethod, EmailState
from rescue_console.protocol.hindrances import PowerHindrance
from rescue_console.protocol.log_kinds import (
    ConsentChanged,
    EmailProgressed,
    EmailTroubled,
    LogKind,
    NotRestarted,
    Occurrence,
    log_kind,
)
from rescue_console.protocol.powers import Consent
from rescue_console.protocol.statuses import SessionStatus

_OCCURRENCES: dict[Occurrence, object] = {
    Occurrence.CREATED: QT_TRANSLATE_NOOP("SessionLog", "Session created"),
    Occurrence.PAGE_JOINED: QT_TRANSLATE_NOOP("SessionLog", "A browser has joined"),
    Occurrence.APPLET_JOINED: QT_TRANSLATE_NOOP("SessionLog", "The applet has joined"),
    Occurrence.APPLET_CONNECTED: QT_TRANSLATE_NOOP("SessionLog", "The applet is connected"),
    Occurrence.APPLET_GONE: QT_TRANSLATE_NOOP("SessionLog", "The applet is no longer connected"),
    Occurrence.SEAT_TAKEN_OVER: QT_TRANSLATE_NOOP(
        "SessionLog", "The technician continued on another computer"
    ),
    Occurrence.RECORDING_ON: QT_TRANSLATE_NOOP("SessionLog", "Recording started"),
    Occurrence.RECORDING_OFF: QT_TRANSLATE_NOOP("SessionLog", "Recording ended"),
}
_EMAILS: dict[EmailState, object] = {
    EmailState.QUEUED: QT_TRANSLATE_NOOP("SessionLog", "E-mail handed to the Rescue servers"),
    EmailState.SENT: QT_TRANSLATE_NOOP("SessionLog", "E-mail sent"),
    EmailState.FAILED: QT_TRANSLATE_NOOP("SessionLog", "E-mail not sent"),
}
_CONSENTS: dict[Consent, object] = {
    Consent.NONE: QT_TRANSLATE_NOOP("SessionLog", "{0}: given up"),
    Consent.ASKED: QT_TRANSLATE_NOOP("SessionLog", "{0}: asked"),
    Consent.GRANTED: QT_TRANSLATE_NOOP("SessionLog", "{0}: granted by the customer"),
    Consent.DENIED: QT_TRANSLATE_NOOP("SessionLog", "{0}: denied or taken back by the customer"),
}
"""What became of a power; its name is filled in. Of version 0.1, a denial has no detail."""
_DENIALS: dict[str, object] = {
    PowerHindrance.DECLINED: QT_TRANSLATE_NOOP("SessionLog", "{0}: denied by the customer"),
    PowerHindrance.TAKEN_BACK: QT_TRANSLATE_NOOP("SessionLog", "{0}: taken back by the customer"),
}
_NOT_POSSIBLE = QT_TRANSLATE_NOOP("SessionLog", "{0}: not possible on the customer’s side")


def what_text(entry: LogEntry) -> str:
    """Return what happened; an entry that this version does not know is shown as it is."""
    kind = log_kind(entry.what)
    if kind is None:
        return entry.what
    if isinstance(kind, ConsentChanged) and kind.consent is Consent.DENIED and entry.detail:
        sentence = _DENIALS.get(entry.detail, _NOT_POSSIBLE)
        return _translated(sentence).format(power_text(kind.power))
    return kind_text(kind)


def kind_text(kind: LogKind) -> str:
    """Return what an entry of this *kind* says."""
    match kind:
        case Occurrence():
            return _translated(_OCCURRENCES[kind])
        case SessionStatus():
            sentence = QCoreApplication.translate("SessionLog", "Status: {0}")
            return sentence.format(status_text(kind))
        case ConsentChanged(power=power, consent=consent):
            return _translated(_CONSENTS[consent]).format(power_text(power))
        case EmailProgressed(state=state):
            return _translated(_EMAILS[state])
        case EmailTroubled(trouble=trouble):
            return trouble_sentence(trouble)
        case NotRestarted(problem=problem):
            return problem_sentence(problem)


def detail_text(entry: LogEntry) -> str:
    """Return the details of an entry."""
    if log_kind(entry.what) is Occurrence.CREATED and entry.detail in set(ConnectionMethod):
        return method_text(ConnectionMethod(entry.detail))
    if isinstance(log_kind(entry.what), ConsentChanged) and entry.detail:
        return "" if entry.detail in _DENIALS else power_hindrance_text(entry.detail)
    return entry.detail


def _translated(sentence: object) -> str:
    return QCoreApplication.translate("SessionLog", str(sentence))
