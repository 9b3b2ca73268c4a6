"""The join page's contents: who invites, and what will happen on this device."""

from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.links import LinkParts
from rescue_console.server.pages.applet_offer import applet_offer
from rescue_console.server.pages.device import Device
from rescue_console.server.pages.states import helper_name
from rescue_console.server.pages.views import InvitationView, Step
from rescue_console.server.rules.helping.applets import Applets
from rescue_console.server.rules.helping.customers import CustomerView
from rescue_console.texts.texts import Texts


def invitation_view(
    customer: CustomerView, parts: LinkParts, device: Device, texts: Texts, applets: Applets
) -> InvitationView:
    """Return what the join page shows on *device*.

    A platform that the technician has set chooses the words, instead of the detected one. A device
    that looks like a Mac may be an iPad. Only a script on the page can tell, so the page gets both
    texts.
    """
    fixed = customer.platform is not DevicePlatform.AUTO
    platform = customer.platform if fixed else device.platform
    technician = helper_name(customer, texts)
    steps = _steps(platform, device.browser, technician, texts)
    may_be_tablet = not fixed and platform is DevicePlatform.MACOS
    touch_steps = _steps(DevicePlatform.IOS, device.browser, technician, texts)
    # The applet has opened a page beside it: there is no other to be downloaded.
    offer = None if customer.beside else applet_offer(applets, device.platform, texts, parts)
    return InvitationView(
        code=parts.code,
        key=parts.key,
        technician=technician,
        initial=initial(technician),
        name=customer.name,
        steps=[
            Step(words, touch if may_be_tablet and touch != words else "")
            for words, touch in zip(steps, touch_steps, strict=True)
        ],
        platform=device.platform,
        applet=offer,
    )


def initial(name: str) -> str:
    """Return the letter that is shown in place of a person's photo."""
    return next((character for character in name if character.isalnum()), "?").upper()[:1]


def _steps(platform: DevicePlatform, browser: str, technician: str, texts: Texts) -> list[str]:
    device = texts(f"device.{platform}")
    return [
        texts("join.step_press", device=device),
        _keep_open(platform, browser, texts),
        texts("join.step_start", technician=technician),
    ]


def _keep_open(platform: DevicePlatform, browser: str, texts: Texts) -> str:
    if platform.is_mobile:
        return texts("join.step_keep_screen")
    if not browser:
        return texts("join.step_keep_any_tab")
    return texts("join.step_keep_tab", browser=browser)
