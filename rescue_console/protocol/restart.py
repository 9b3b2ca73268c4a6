"""Why a restart of the customer's device that the technician asked for does not happen."""

from enum import StrEnum

DETAIL_MAX = 500
"""Characters of what the customer's system said about it."""


class RestartProblem(StrEnum):
    """The reason; the values are the words used on the wire."""

    CANCELLED = "cancelled"
    """The customer stopped the countdown."""
    TAKEN_BACK = "taken_back"
    """The power was taken back or given up during the countdown."""
    NO_WAY_BACK = "no_way_back"
    """The applet could not make sure that it comes back: nothing was restarted."""
    REFUSED = "refused"
    """The operating system refused."""
    STILL_RUNNING = "still_running"
    """The operating system agreed, and yet the device goes on running."""
