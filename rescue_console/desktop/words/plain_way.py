"""What it means that no WebSocket gets through to the server, in words."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def plain_way_text(proxy: str) -> str:
    """Return what works and what does not; *proxy* names the proxy that is on the way, if any."""
    cause = (
        translate("PlainWay", "The proxy {0} lets no WebSocket through.").format(proxy)
        if proxy
        else translate("PlainWay", "This network lets no WebSocket through.")
    )
    effect = translate(
        "PlainWay",
        "Sessions, chat and the customer’s screen work all the same, a little more slowly. "
        "Control, files and system information by the applet do not: ask whoever runs the "
        "network to allow WebSockets to the Rescue server.",
    )
    return f"{cause} {effect}"


def applet_unreachable_text() -> str:
    """Return why nothing that needs the applet works."""
    return translate(
        "PlainWay",
        "The applet cannot be reached from here: this network lets no WebSocket through. Use "
        "another network, or ask whoever runs this one to allow WebSockets to the Rescue server.",
    )
