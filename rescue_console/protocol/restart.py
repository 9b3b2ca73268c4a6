"""Why a restart of the customer's device that the technician asked for did not happen."""

from enum import StrEnum

DETAIL_MAX = 500
"""Characters in what the customer's system said about it."""


class RestartProblem(StrEnum):
    """Why the device did not restart; the values are the words used on the wire."""

    CANCELLED = "cancelled"
    """The customer stopped the countdown."""
    TAKEN_BACK = "taken_back"
    """The power was taken back or given up during the countdown."""
    NO_WAY_BACK = "no_way_back"
    """The applet could not make sure that it would come back, so nothing was restarted."""
    REFUSED = "refused"
    """The operating system refused."""
    STILL_RUNNING = "still_running"
    """The operating system agreed, but the device keeps running."""
