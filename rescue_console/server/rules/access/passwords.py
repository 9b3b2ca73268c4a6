"""Passwords: which ones are good enough, and how they are stored (argon2id)."""

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from rescue_console.protocol.limits import PASSWORD_MAX, PASSWORD_MIN
from rescue_console.server.rules.access.lane import Lane

_MEASURED = 72
"""zxcvbn refuses to measure more characters than this; the rest only adds strength."""

_hasher = PasswordHasher()

# Each hash takes 64 MB and a core for a moment.
_strangers = Lane("passwords of strangers", at_once=2, waiting_max=64)
_known = Lane("passwords of technicians", at_once=1, waiting_max=64)
"""A lane of their own: whoever is signed in, or comes from a device on which they were lately, does
not wait behind strangers."""


class WeakPassword(ValueError):
    """The password is not acceptable; the message says why."""


def check_password(password: str, *known: str) -> None:
    """Refuse a password that is too short, too long or easy to guess.

    Args:
        password: As typed.
        known: Words that an attacker would try, such as the person's name and e-mail address.

    Raises:
        WeakPassword: with a sentence to show to the person.
    """
    if len(password) < PASSWORD_MIN:
        raise WeakPassword(f"Use at least {PASSWORD_MIN} characters.")
    if len(password) > PASSWORD_MAX:
        raise WeakPassword(f"Use at most {PASSWORD_MAX} characters.")
    # Imported late: its word lists take 11 MB, and on most days nobody sets a password.
    from zxcvbn import zxcvbn

    words = [word[:_MEASURED] for word in (*known, "rescue", "console")]
    result = zxcvbn(password[:_MEASURED], user_inputs=words)
    if result["score"] < 3:
        raise WeakPassword("This password is common or easy to guess; use several unrelated words.")


async def checked_password_hash(password: str, *known: str) -> str:
    """Rate *password* and return its argon2id hash, both off the event loop's thread.

    Args:
        password: As typed.
        known: See check_password.

    Raises:
        WeakPassword: with a sentence for the person.
        LaneFull: too many passwords wait already.
    """

    def rate_and_hash() -> str:
        check_password(password, *known)
        return _hasher.hash(password)

    return await _known.run(rate_and_hash)


async def password_matches(password: str, password_hash: str, *, stranger: bool = True) -> bool:
    """Tell whether *password* matches *password_hash*, computed off the event loop's thread.

    Args:
        stranger: Whether it is not known yet who is asking.

    Raises:
        LaneFull: too many passwords are waiting already.
    """
    lane = _strangers if stranger else _known
    return await lane.run(lambda: _verify(password, password_hash))


def _verify(password: str, password_hash: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except VerificationError:
        return False
