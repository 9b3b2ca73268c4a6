"""Takes the pictures in ``docs/screenshots``: ``python -m deploy.pictures [FOLDER]``.

There is one of every screen, in both languages, light and dark: ``LANGUAGE-THEME-SCREEN.png``. They
show the real desktop app, connected to a real server, and the real customer pages.
"""

import json
import sys
import tempfile
from collections.abc import Mapping
from itertools import product
from pathlib import Path

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser, Playwright, sync_playwright

from deploy.pictures.desktop import DesktopPictures
from deploy.pictures.help_desk import HelpDesk
from deploy.pictures.helping import HelpingPictures
from deploy.pictures.pages import THEMES, contexts, shown_pages
from tests.stage.customers.browser import launch
from tests.stage.customers.place import customer_place
from tests.stage.customers.site import open_site
from tests.stage.desk.home import Home
from tests.stage.desk.labels import LABELS
from tests.stage.displays.desktop_screen import desktop_screen
from tests.stage.languages import LANGUAGES
from tests.stage.servers.rescue_server import RealServer
from tests.stage.servers.smtp import SmtpProcess

USUAL_FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
COLORS = 256
SHADES_APART_MAX = 8
"""Largest difference, out of 256 and in one colour, that nobody sees in a picture of a screen."""
TECHNICIANS_SCREEN = (1600, 960)
PAGES = {
    "desktop": {
        "pin": "page-pin",
        "join": "page-join",
        "waiting": "page-waiting",
        "active": "page-active",
        "over": "page-ended",
        "link-expired": "page-link-expired",
        "link-joined": "page-link-taken",
        "link-unknown": "page-link-unknown",
    },
    "phone": {"join": "page-join-phone", "waiting": "page-waiting-phone"},
}
"""The customer's pages to take pictures of, by window size, with the names of their pictures."""


def desktop(folder: Path, data: Path, chromium: Browser) -> None:
    """Take the pictures of the technician's app."""
    with (
        desktop_screen() as display,
        SmtpProcess(data / "mails") as smtp,
        RealServer(data / "server", "--smtp-url", smtp.url) as server,
    ):
        morning = HelpDesk(server, smtp, chromium)
        morning.open()
        for language, theme in product(LANGUAGES, THEMES):
            home = Home(data / f"home-{language}-{theme}", _calm(display), language)
            _choose_theme(home, theme)
            pictures = DesktopPictures(
                folder, f"{language}-{theme}", server, morning, home, LABELS[language]
            )
            pictures.take()
        morning.leave()


def helping(folder: Path, data: Path, playwright: Playwright, chromium: Browser) -> None:
    """Take the pictures of both sides while a customer is helped."""
    applets = data / "applets"
    applets.mkdir(parents=True)
    # The page offers the applet because this file exists; nobody fetches it here.
    (applets / "rescue-applet").touch()
    with (
        desktop_screen(*TECHNICIANS_SCREEN) as display,
        SmtpProcess(data / "mails") as smtp,
        RealServer(data / "server", "--smtp-url", smtp.url, "--applets", str(applets)) as server,
    ):
        morning = HelpDesk(server, smtp, chromium)
        morning.open()
        morning.close_active()
        for language, theme in product(LANGUAGES, THEMES):
            kind = f"{language}-{theme}"
            home = Home(data / f"home-{kind}", _calm(display), language)
            _choose_theme(home, theme)
            with customer_place(playwright, language, data / f"shop-{kind}", theme) as place:
                pictures = HelpingPictures(folder, kind, server, place, language)
                pictures.take(home.environment)
        morning.leave()


def pages(folder: Path, data: Path, chromium: Browser) -> None:
    """Take the pictures of the customer's pages."""
    data.mkdir()
    with open_site(data) as site:
        for name, context in contexts(chromium):
            start, _, size = name.rpartition("-")
            page = context.new_page()
            for shown in shown_pages(site, page):
                if shown in PAGES[size]:
                    page.screenshot(path=folder / f"{start}-{PAGES[size][shown]}.png")


def make_small(folder: Path) -> None:
    """Compress every picture, reducing it to a palette where nobody can see the difference."""
    for path in sorted(folder.glob("*.png")):
        with Image.open(path) as picture:
            whole = picture.convert("RGB")
        small = whole.quantize(COLORS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        apart = ImageStat.Stat(ImageChops.difference(whole, small.convert("RGB"))).extrema
        visible = any(most > SHADES_APART_MAX for _, most in apart)
        (whole if visible else small).save(path, optimize=True)


def _calm(display: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in display.items()
        if name not in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "LC_ALL", "LANGUAGE")
    } | {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring", "TZ": "UTC"}


def _choose_theme(home: Home, theme: str) -> None:
    settings = home.folder / ".config/rescue-console/settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"theme": theme}), "utf-8")


def main() -> None:
    """Write all pictures to the folder on the command line, or to the usual one."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else USUAL_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        browser = launch(playwright)
        desktop(folder, Path(data), browser)
        helping(folder, Path(data) / "helping", playwright, browser)
        pages(folder, Path(data) / "site", browser)
        browser.close()
    make_small(folder)


if __name__ == "__main__":
    main()
