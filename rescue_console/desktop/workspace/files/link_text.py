"""The words for why the connection for files to the customer's page could not be made."""

from PySide6.QtCore import QCoreApplication

from rescue_console.desktop.media.base import Failure, Step
from rescue_console.desktop.workspace.section.failure_text import failure_text

translate = QCoreApplication.translate


def link_failure_text(failure: Failure) -> str:
    """Return which step failed and what to do."""
    match failure.step:
        case Step.FINDING:
            applet = translate(
                "FilesPane",
                "With the applet on the customer’s device files go through the server and need no "
                "such way.",
            )
            return f"{failure_text(failure)} {applet}"
        case Step.FIRST_FRAME:
            # The page was reached, but its script has not opened its channel.
            return failure_text(Failure(Step.SIGNALLING))
        case _:
            return failure_text(failure)
