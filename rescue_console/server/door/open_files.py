"""How many files the process may open at once: each connection is one."""

import sys

FILES_WANTED = 65_536
FILES_NEEDED = 1_024
FILES_OF_OUR_OWN = 128
"""What database, log and mails take at most."""

_MACOS_MOST = 10_240
"""macOS reports no limit but accepts no more than this."""


class TooFewFiles(Exception):
    """The process may open too few files; the message says what to do."""


def raise_open_files() -> int:
    """Raise the limit of open files as far as this user may, up to what is wanted; return it.

    Raises:
        TooFewFiles: it stays too low to serve.
    """
    if sys.platform == "win32":
        return FILES_WANTED  # it has no such limit
    import resource

    limit, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most == resource.RLIM_INFINITY:
        most = FILES_WANTED
    for wanted in (min(most, FILES_WANTED), min(most, _MACOS_MOST)):
        if limit == resource.RLIM_INFINITY or limit >= wanted:
            break
        try:
            resource.setrlimit(
                resource.RLIMIT_NOFILE, (wanted, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
            )
        except (OSError, ValueError):
            continue
        limit = wanted
    if limit == resource.RLIM_INFINITY:
        return FILES_WANTED
    if limit < FILES_NEEDED:
        raise TooFewFiles(
            f"The system lets this program open only {limit} files at once, and each connection is "
            f"one; it needs at least {FILES_NEEDED}. Raise the limit with LimitNOFILE= in the "
            "systemd unit, or with ulimit -n in the shell that starts it."
        )
    return limit


def places(limit: int) -> int:
    """Return for how many connections there is room; a download opens another file for its own."""
    return limit * 3 // 4 - FILES_OF_OUR_OWN
