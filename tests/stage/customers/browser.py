"""Starts the real browser, for all who need one."""

import base64
import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from playwright.sync_api import Browser, Playwright

_CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or "/usr/bin/chromium"
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]

SHARE_SCREEN = "--auto-select-desktop-capture-source=Entire screen"
"""Whenever it is asked what to share, the whole screen is chosen."""
REAL_ADDRESSES = "--disable-features=WebRtcHideLocalIpsWithMdns"
"""Else the addresses would be names that only a multicast network can tell."""


def launch(
    playwright: Playwright, *more: str, screen: Mapping[str, str] | None = None, told: bool = True
) -> Browser:
    """Start it with *more* arguments.

    Args:
        screen: The environment of programs on the screen for its window; None = without a window.
        told: Whether the window says that a program drives it.
    """
    return playwright.chromium.launch(
        executable_path=_CHROMIUM,
        headless=screen is None,
        args=[*_ARGUMENTS, *more],
        ignore_default_args=None if told else ["--enable-automation"],
        env=None if screen is None else dict(screen),
    )


def trusting(certificate: Path) -> str:
    """Return the argument by which it takes the key of a certificate that nobody vouches for."""
    key = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    digest = hashlib.sha256(key.public_bytes(serialization.Encoding.DER, form)).digest()
    return f"--ignore-certificate-errors-spki-list={base64.b64encode(digest).decode()}"
