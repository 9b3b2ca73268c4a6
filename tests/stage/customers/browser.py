"""Starts the real browser for everything that needs one."""

import base64
import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from playwright.sync_api import Browser, BrowserContext, Playwright

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
"""Shares the whole screen whenever a page asks for something to share."""
REAL_ADDRESSES = "--disable-features=WebRtcHideLocalIpsWithMdns"
"""Uses real IP addresses, not names that can be resolved only where multicast DNS works."""


def launch(
    playwright: Playwright,
    *more: str,
    screen: Mapping[str, str] | None = None,
    automation_notice: bool = True,
) -> Browser:
    """Start the browser with *more* arguments.

    Args:
        screen: The environment that leads to the screen for its window; None = without a window.
        automation_notice: Whether the window says that a program controls it.
    """
    return playwright.chromium.launch(
        executable_path=_CHROMIUM,
        headless=screen is None,
        args=[*_ARGUMENTS, *more],
        ignore_default_args=None if automation_notice else ["--enable-automation"],
        env=None if screen is None else dict(screen),
    )


def launch_with(running: Browser, profile: Path, *more: str) -> BrowserContext:
    """Start another browser beside *running*, with a profile whose settings it follows."""
    return running.browser_type.launch_persistent_context(
        str(profile),
        executable_path=_CHROMIUM,
        headless=True,
        args=[*_ARGUMENTS, *more],
        locale="en-GB",
    )


def trusting(certificate: Path) -> str:
    """Return the argument that makes the browser trust a certificate that no authority signed."""
    key = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    digest = hashlib.sha256(key.public_bytes(serialization.Encoding.DER, form)).digest()
    return f"--ignore-certificate-errors-spki-list={base64.b64encode(digest).decode()}"
