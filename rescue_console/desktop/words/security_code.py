"""What is said about the security codes: the digits, or which program is too old to have any."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def page_code_text(code: str, *, page_is_old: bool) -> str:
    """Return the code that the customer's page shows, or why there is none; empty until known."""
    if page_is_old:
        return translate(
            "SecurityCode",
            "No security code: the customer’s page is an older version. Ask them to load it again.",
        )
    text = translate("SecurityCode", "Security code: {0}")
    return text.format(_on_one_line(code)) if code else ""


def applet_code_text(code: str) -> str:
    """Return the code that a connected applet shows, or that there is none."""
    if not code:
        return translate(
            "SecurityCode",
            "No security code: the customer’s applet is an older version. Ask them to download "
            "it again.",
        )
    return translate("SecurityCode", "Security code of the applet: {0}").format(_on_one_line(code))


def _on_one_line(code: str) -> str:
    """Keep the digits together: they are read aloud."""
    return code.replace(" ", "\N{NO-BREAK SPACE}")
