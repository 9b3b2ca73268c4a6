"""Passwords: which ones are good enough, and how they are stored (argon2id)."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from rescue_console.protocol.limits import PASSWORD_MAX, PASSWORD_MIN

_MEASURED = 72
"""zxcvbn refuses to measure more characters than this; the rest only adds strength."""

_hasher = PasswordHasher()


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

    result = zxcvbn(password[:_MEASURED], user_inputs=[*known, "rescue", "console"])
    if result["score"] < 3:
        raise WeakPassword("This password is common or easy to guess; use several unrelated words.")


async def hash_password(password: str) -> str:
    """Return the argon2id hash of *password*, computed off the event loop's thread."""
    return await asyncio.to_thread(_hasher.hash, password)


async def password_matches(password: str, password_hash: str) -> bool:
    """Tell whether *password* matches *password_hash*, computed off the event loop's thread."""
    return await asyncio.to_thread(_verify, password, password_hash)


def _verify(password: str, password_hash: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except VerificationError:
        return False
