"""The server that this applet was built for: ``built_for.txt``, which only the build writes."""

from pathlib import Path

FILE = "built_for.txt"


def built_for() -> str:
    """Return the server's address; empty when the applet was not built for one server."""
    try:
        return (Path(__file__).parent / FILE).read_text("utf-8").strip()
    except OSError:
        return ""
