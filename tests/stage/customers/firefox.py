"""Starts the other real browser, Debian's Firefox, on a display of its own."""

import os
import shutil
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.stage.until import wait_until

_FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox") or "/usr/bin/firefox-esr"
_DENY = 2
"""``nsIPermissionManager.DENY_ACTION``."""

INSECURE_HOST = "rescue.test"
"""A name that leads to this computer, but that browsers do not trust like ``localhost``."""


class Firefox:
    """One window, used through Marionette."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def open(self, url: str) -> None:
        self._driver.navigate(url)

    def click(self, selector: str) -> None:
        """Click as a person does, as soon as the element can be clicked."""
        wait_until(lambda: self._is_enabled(selector))
        self._find(selector).click()

    def text(self, selector: str) -> str:
        """Return the text that a person sees there; empty if there is none."""
        return "".join(element.text for element in self._all(selector))

    def wait_for_text(self, selector: str, part: str) -> str:
        """Return the visible text there once *part* is in it."""
        wait_until(lambda: part in self.text(selector))
        return self.text(selector)

    def wait_for_path(self, path: str) -> None:
        wait_until(lambda: path in self._driver.get_url())

    def prefer(self, **preferences: object) -> None:
        """Set preferences, named with ``__`` in place of dots; pages opened from now on follow."""
        for name, value in preferences.items():
            self._driver.set_pref(name.replace("__", "."), value)

    def block_screen(self, origin: str) -> None:
        """Remember, as after *Always block*, that pages of *origin* must not see the screen."""
        with self._driver.using_context("chrome"):
            self._driver.execute_script(
                """
                const [origin, deny] = arguments;
                const who = Services.scriptSecurityManager.createContentPrincipalFromOrigin(origin);
                Services.perms.addFromPrincipal(who, "screen", deny);
                """,
                [origin, _DENY],
            )

    def forget_permissions(self) -> None:
        self._run("Services.perms.removeAll();")

    def forget_cookies(self) -> None:
        self._run("Services.cookies.removeAll();")

    def _run(self, script: str) -> None:
        with self._driver.using_context("chrome"):
            self._driver.execute_script(script)

    def _find(self, selector: str) -> Any:
        return self._driver.find_element("css selector", selector)

    def _all(self, selector: str) -> list[Any]:
        return list(self._driver.find_elements("css selector", selector))

    def _is_enabled(self, selector: str) -> bool:
        return any(one.is_displayed() and one.is_enabled() for one in self._all(selector))


def _marionette() -> Any:
    """Return the class that starts the browser; its packages warn while they load."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from marionette_driver.marionette import Marionette
    return Marionette


@contextmanager
def firefox(screen: Mapping[str, str], folder: Path) -> Iterator[Firefox]:
    """Start the browser on *screen*; its profile and log are in *folder*."""
    # The driver starts the browser in its own environment, takes no other, and leaves the sockets
    # open with which it has looked whether the browser is ready.
    with patch.dict(os.environ, screen), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        driver = _marionette()(
            bin=_FIREFOX,
            port=0,
            gecko_log=str(folder / "firefox.log"),
            workspace=str(folder),
            prefs={"network.dns.localDomains": INSECURE_HOST, "intl.accept_languages": "en-GB, en"},
        )
    try:
        driver.start_session()
        yield Firefox(driver)
    finally:
        driver.cleanup()
        driver.instance = None  # otherwise its profile would be deleted once more, at the very end
