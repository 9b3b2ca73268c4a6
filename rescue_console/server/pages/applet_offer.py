"""What the pages say about the applet for this device: where to download it and how to run it."""

from urllib.parse import urlencode

from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.links import LinkParts
from rescue_console.server.pages.views import AppletOffer
from rescue_console.server.rules.helping.applets import APPLET_FILES, Applets
from rescue_console.texts.texts import Texts

APPLET_PATH = "/Customer/Applet"


def applet_offer(
    applets: Applets, platform: DevicePlatform, texts: Texts, link: LinkParts | None = None
) -> AppletOffer | None:
    """Return the offer for *platform*, or None where the server has no applet for it.

    Args:
        link: The invitation, for a customer who has not joined; after that, the cookie is enough.
    """
    if applets.find(platform) is None:
        return None
    query = f"?{urlencode({'Code': link.code, 'k': link.key})}" if link is not None else ""
    file = f"{APPLET_PATH}/{APPLET_FILES[platform]}"
    return AppletOffer(
        address=f"{file}{query}",
        file=file,
        how=texts(f"applet.how.{platform}"),
    )
