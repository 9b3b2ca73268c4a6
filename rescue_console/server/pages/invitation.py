"""The join page's contents: who asks, and what will happen on this very device."""

from rescue_console.protocol.answers import Session
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.links import LinkParts
from rescue_console.server.pages.device import Device
from rescue_console.server.pages.states import helper_name
from rescue_console.server.pages.texts import Texts
from rescue_console.server.pages.views import InvitationView


def invitation_view(
    session: Session, parts: LinkParts, device: Device, texts: Texts
) -> InvitationView:
    """Return what the join page of *session* shows on *device*.

    A platform that the technician set by hand goes before the detected one.
    """
    fixed = session.platform is not DevicePlatform.AUTO
    platform = session.platform if fixed else device.platform
    technician = helper_name(session) or texts("state.technician")
    return InvitationView(
        code=parts.code,
        key=parts.key,
        technician=technician,
        initial=initial(technician),
        name=session.name,
        steps=[
            texts(
                "join.step_press",
                button=texts("join.button"),
                device=texts(f"device.{platform}"),
            ),
            _keep_open(platform, device.browser, texts),
            texts("join.step_start", technician=technician),
        ],
        platform=platform,
        platform_fixed=fixed,
    )


def initial(name: str) -> str:
    """Return the letter that stands for a person's photo."""
    return next((character for character in name if character.isalnum()), "?").upper()[:1]


def _keep_open(platform: DevicePlatform, browser: str, texts: Texts) -> str:
    if platform.is_mobile:
        return texts("join.step_keep_screen")
    if not browser:
        return texts("join.step_keep_any_tab")
    return texts("join.step_keep_tab", browser=browser)
