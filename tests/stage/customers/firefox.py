"""Starts the other real browser, Debian's Firefox, on a display of its own."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.stage.customers.marionette import Marionette, browser
from tests.stage.until import wait_until

_FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox") or "/usr/bin/firefox-esr"
_DENY = 2
"""``nsIPermissionManager.DENY_ACTION``."""

INSECURE_HOST = "rescue.test"
"""A name that leads to this computer, but that browsers do not trust like ``localhost``."""


class Firefox:
    """One window, used through Marionette."""

    def __init__(self, driver: Marionette) -> None:
        self._driver = driver

    def open(self, url: str) -> None:
        self._driver.do("WebDriver:Navigate", url=url)

    def click(self, selector: str) -> None:
        """Click as a person does, as soon as the element can be clicked."""
        wait_until(lambda: self._is_enabled(selector))
        self._driver.do("WebDriver:ElementClick", id=self._all(selector)[0])

    def text(self, selector: str) -> str:
        """Return the text that a person sees there; empty if there is none."""
        return "".join(self._of("WebDriver:GetElementText", one) for one in self._all(selector))

    def wait_for_text(self, selector: str, part: str) -> str:
        """Return the visible text there once *part* is in it."""
        wait_until(lambda: part in self.text(selector))
        return self.text(selector)

    def wait_for_path(self, path: str) -> None:
        wait_until(lambda: path in self._driver.do("WebDriver:GetCurrentURL"))

    def prefer(self, **preferences: object) -> None:
        """Set preferences, named with ``__`` in place of dots; pages opened from now on follow."""
        for name, value in preferences.items():
            kind = {bool: "Bool", int: "Int", str: "String"}[type(value)]
            self._driver.run_as_browser(
                f"Services.prefs.set{kind}Pref(arguments[0], arguments[1]);",
                name.replace("__", "."),
                value,
            )

    def block_screen(self, origin: str) -> None:
        """Remember, as after *Always block*, that pages of *origin* must not see the screen."""
        self._driver.run_as_browser(
            """
            const [origin, deny] = arguments;
            const who = Services.scriptSecurityManager.createContentPrincipalFromOrigin(origin);
            Services.perms.addFromPrincipal(who, "screen", deny);
            """,
            origin,
            _DENY,
        )

    def forget_permissions(self) -> None:
        self._driver.run_as_browser("Services.perms.removeAll();")

    def forget_cookies(self) -> None:
        self._driver.run_as_browser("Services.cookies.removeAll();")

    def _all(self, selector: str) -> list[str]:
        found = self._driver.do("WebDriver:FindElements", using="css selector", value=selector)
        return [number for element in found for number in element.values()]

    def _of(self, command: str, element: str) -> str:
        said: str = self._driver.do(command, id=element)
        return said

    def _is_enabled(self, selector: str) -> bool:
        return any(
            self._of("WebDriver:IsElementDisplayed", one)
            and self._of("WebDriver:IsElementEnabled", one)
            for one in self._all(selector)
        )


@contextmanager
def firefox(screen: Mapping[str, str], folder: Path) -> Iterator[Firefox]:
    """Start the browser on *screen*; its profile and log are in *folder*."""
    preferences = {"network.dns.localDomains": INSECURE_HOST, "intl.accept_languages": "en-GB, en"}
    with browser(_FIREFOX, screen, folder, preferences) as driver:
        yield Firefox(driver)
