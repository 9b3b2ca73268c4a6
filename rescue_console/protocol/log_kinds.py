"""The kinds of entries in a session's log, and the word for each in ``LogEntry.what``."""

from enum import StrEnum

from msgspec import Struct

from rescue_console.protocol.choices import EmailState
from rescue_console.protocol.email_troubles import EmailTrouble
from rescue_console.protocol.powers import Consent, Power
from rescue_console.protocol.restart import RestartProblem
from rescue_console.protocol.statuses import SessionStatus


class Occurrence(StrEnum):
    """Something that happened and needs no details."""

    CREATED = "created"
    """The session was made; ``LogEntry.detail`` is its connection method."""
    APPLET_JOINED = "applet_joined"
    """The applet has joined; ``LogEntry.detail`` is the address that it came from."""
    APPLET_CONNECTED = "applet_connected"
    APPLET_GONE = "applet_gone"
    SEAT_TAKEN_OVER = "seat_taken_over"
    """The technician went on at another console; ``LogEntry.detail`` is its computer's name."""
    RECORDING_ON = "recording_on"
    RECORDING_OFF = "recording_off"
    PAGE_JOINED = "page_joined"
    """A browser has joined; ``LogEntry.detail`` is the address that it came from."""


class ConsentChanged(Struct, frozen=True):
    """A power was asked for, granted, denied or given up."""

    power: Power
    consent: Consent


class EmailProgressed(Struct, frozen=True):
    """An e-mail by the Rescue servers was queued, was sent, or has failed."""

    state: EmailState


class EmailTroubled(Struct, frozen=True):
    """An e-mail by the Rescue servers could not be sent, at least not yet."""

    trouble: EmailTrouble


class NotRestarted(Struct, frozen=True):
    """The customer's device should have restarted, and did not."""

    problem: RestartProblem


LogKind = (
    Occurrence | SessionStatus | ConsentChanged | EmailProgressed | EmailTroubled | NotRestarted
)
"""What an entry can record; a bare status records that the session has entered it."""


def log_word(kind: LogKind) -> str:
    """Return the word for *kind* on the wire and in the table."""
    match kind:
        case ConsentChanged(power=power, consent=consent):
            return f"{power.value}_{consent.value}"
        case EmailProgressed(state=state):
            return f"email_{state.value}"
        case EmailTroubled(trouble=trouble):
            return f"email_{trouble.value}"
        case NotRestarted(problem=problem):
            return f"restart_{problem.value}"
        case _:
            return kind.value


LOG_KINDS: tuple[LogKind, ...] = (
    *Occurrence,
    *SessionStatus,
    *(ConsentChanged(power, consent) for power in Power for consent in Consent),
    *(EmailProgressed(state) for state in EmailState),
    *(EmailTroubled(trouble) for trouble in EmailTrouble),
    *(NotRestarted(problem) for problem in RestartProblem),
)
"""Every kind there is."""

_BY_WORD: dict[str, LogKind] = {log_word(kind): kind for kind in LOG_KINDS}


def log_kind(word: str) -> LogKind | None:
    """Return the kind that *word* stands for; ``None`` when this version does not know it."""
    return _BY_WORD.get(word)
