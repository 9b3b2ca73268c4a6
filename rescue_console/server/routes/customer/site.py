"""The customer's pages over HTTP: typing a PIN, opening a link, joining, waiting, leaving.

Fetching a link changes nothing, since mail scanners fetch links; only forms sent from our own pages
change anything. ``rules/helping/customers.py`` explains links, PINs and tokens.
"""

import hmac
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from litestar import HttpMethod, Response, Router, get, post, route
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody
from msgspec.structs import replace

from rescue_console.protocol.answers import IceServers
from rescue_console.protocol.choices import DevicePlatform
from rescue_console.protocol.customer import (
    AppletJoined,
    AppletLink,
    JoinWithApplet,
    PageWanted,
    TypedPin,
)
from rescue_console.protocol.links import (
    LINK_PATH,
    PIN_TYPED_MAX,
    LinkParts,
    read_link,
    read_parts,
    read_pin,
)
from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.clock import system_clock
from rescue_console.server.pages.applet_offer import applet_offer
from rescue_console.server.pages.headers import asset_headers
from rescue_console.server.pages.invitation import initial, invitation_view
from rescue_console.server.pages.notices import Notice, link_notice
from rescue_console.server.pages.origin import form_token, is_own_form
from rescue_console.server.pages.render import Pages
from rescue_console.server.pages.states import helper_name, room_state
from rescue_console.server.pages.views import AppletOffer, PinView, RoomView
from rescue_console.server.pages.visit import CUSTOMER_COOKIE, AnyRequest, Visit, empty_style
from rescue_console.server.refusals import Refusal, invalid, not_found
from rescue_console.server.routes.access import PUBLIC, client_address
from rescue_console.server.routes.bodies import check_body
from rescue_console.server.routes.customer.live import LivePages, live
from rescue_console.server.routes.customer.pace import pace
from rescue_console.server.routes.customer.polls import poll, say
from rescue_console.server.rules.helping.applets import Applets
from rescue_console.server.rules.helping.customers import Customers, CustomerView
from rescue_console.server.rules.helping.helping import Helping
from rescue_console.server.rules.helping.ice import IceSettings, servers_for_customer
from rescue_console.server.rules.helping.rate_limit import RateLimit
from rescue_console.texts.texts import Texts

ROOM_PATH = "/Customer/Session"
_READ = [HttpMethod.GET, HttpMethod.HEAD]
_OPEN = {PUBLIC: True}


@dataclass(frozen=True)
class CustomerSite:
    """What the routes need: the rules, the pages, and the server's public URL."""

    customers: Customers
    helping: Helping
    applets: Applets
    pages: Pages
    public_url: str
    ice: IceSettings
    rate_limit: RateLimit

    async def organization(self) -> str:
        """Return the organization's name, for pages that belong to no session."""
        return await self.customers.organization_name()


@route("/", http_method=_READ, opt=_OPEN)
async def pin_page(request: AnyRequest, site: NamedDependency[CustomerSite]) -> Response[str]:
    """Show the page on which a PIN is typed."""
    visit = Visit.of(request, site.pages)
    setting = visit.setting(await site.organization(), "/")
    return visit.answer(setting.pin(PinView()))


@post("/Customer/Pin", opt=_OPEN)
async def check_pin(request: AnyRequest, site: NamedDependency[CustomerSite]) -> Response[str]:
    """Redirect to the join page of the session that the PIN belongs to."""
    visit = Visit.of(request, site.pages)
    organization = await site.organization()
    if not is_own_form(request.headers, site.public_url, request.scope["scheme"]):
        return visit.notice(Notice.FORBIDDEN, organization, address="/")
    typed = (await _form(request)).get("code", "")
    link = read_link(typed)
    if link is not None:
        return visit.send_to(_address(link))
    setting = visit.setting(organization, "/")
    if read_pin(typed) is None:
        view = PinView(typed[:PIN_TYPED_MAX], setting.texts("pin.malformed"))
        return visit.answer(setting.pin(view), 422)
    try:
        parts = await site.customers.check_pin(typed, client_address(request))
    except Refusal as refusal:
        return _too_many(visit, organization, typed, refusal)
    if parts is not None:
        return visit.send_to(_address(parts, "1"))
    view = PinView(typed[:PIN_TYPED_MAX], setting.texts("pin.refused"))
    return visit.answer(setting.pin(view), 422)


@route(LINK_PATH, http_method=_READ, opt=_OPEN)
async def open_link(request: AnyRequest, site: NamedDependency[CustomerSite]) -> Response[str]:
    """Show the join page of a link, or a page that says why it does not work."""
    visit = Visit.of(request, site.pages)
    query = request.query_params
    parts = read_link(request.url.query)
    customer = await _by_link(site, parts)
    if parts is None or customer is None:
        return visit.notice(Notice.UNKNOWN, await site.organization())
    if await _has_joined(site, visit, customer):
        return visit.send_to(ROOM_PATH)
    address = _address(parts, query.get("i"))
    if not customer.joinable:
        return _link_notice(visit, customer, address)
    setting = visit.setting(customer.organization, address)
    view = invitation_view(customer, parts, visit.device, setting.texts, site.applets)
    return visit.answer(setting.invitation(view))


@get("/Customer/Trial", opt=_OPEN)
async def trial(request: AnyRequest, site: NamedDependency[CustomerSite]) -> Response[bytes]:
    """Send an empty style, and a cookie which the form of the join page should bring along."""
    return Visit.of(request, site.pages).style_with_cookie()


@post("/Customer/Join", opt=_OPEN)
async def join(request: AnyRequest, site: NamedDependency[CustomerSite]) -> Response[str]:
    """Join the session of a link, and redirect to the waiting room."""
    visit = Visit.of(request, site.pages)
    if not is_own_form(request.headers, site.public_url, request.scope["scheme"]):
        return visit.notice(Notice.FORBIDDEN, await site.organization(), address="/")
    form = await _form(request)
    parts = read_parts(form.get("code"), form.get("key"))
    customer = await _by_link(site, parts)
    if parts is None or customer is None:
        return visit.notice(Notice.UNKNOWN, await site.organization(), address=LINK_PATH)
    if customer.joinable:
        if "cookies" in form and not visit.takes_cookies:
            # Joining would use up the link, and nobody could tell afterwards who has joined.
            return _without_cookies(site, visit, customer, parts)
        platform = _platform(form.get("platform"))
        address = client_address(request)
        token = await site.customers.join(parts.code, parts.key, platform, address)
        if token is not None:
            return visit.send_to(ROOM_PATH, token)
        # Another browser was quicker, or the invitation has expired.
        customer = await _by_link(site, parts) or customer
    if await _has_joined(site, visit, customer):
        return visit.send_to(ROOM_PATH)
    return _link_notice(visit, customer, _address(parts))


@get(ROOM_PATH, opt=_OPEN)
async def room(request: AnyRequest, site: NamedDependency[CustomerSite]) -> Response[str]:
    """Show the waiting room. Fetching it also shows that a browser without scripts is present."""
    visit = Visit.of(request, site.pages)
    customer = await site.customers.by_token(visit.token)
    if customer is not None and visit.token is not None and not customer.over:
        await pace(site.rate_limit, customer.session_id)
        customer = await site.customers.came_back(visit.token)
    if customer is None or visit.token is None:
        return visit.notice(Notice.NO_SESSION, await site.organization(), address=ROOM_PATH)
    setting = visit.setting(customer.organization, ROOM_PATH)
    asking = request.query_params.get("leave") == "ask" and not customer.over
    offer = applet_offer(site.applets, visit.device.platform, setting.texts)
    html = setting.room(_room_view(customer, visit.token, setting.texts, asking, offer))
    return visit.answer(html, 410 if customer.over else 200)


@get("/Customer/Scriptless", opt=_OPEN)
async def scriptless(request: AnyRequest, site: NamedDependency[CustomerSite]) -> Response[bytes]:
    """Send an empty style, which only browsers without scripts load: so the technician is told."""
    token = Visit.of(request, site.pages).token
    customer = await site.customers.by_token(token)
    if customer is not None and token is not None and not customer.over:
        await pace(site.rate_limit, customer.session_id)
        await site.customers.came_back(token, scripts=False)
    return empty_style()


@post("/Customer/Leave", opt=_OPEN)
async def leave(request: AnyRequest, site: NamedDependency[CustomerSite]) -> Response[str]:
    """End the session that this browser has joined."""
    visit = Visit.of(request, site.pages)
    given = (await _form(request)).get("token", "")
    token = visit.token or ""
    own = is_own_form(request.headers, site.public_url, request.scope["scheme"])
    if not own or not hmac.compare_digest(given.encode(), form_token(token).encode()):
        return visit.notice(Notice.FORBIDDEN, await site.organization(), address=ROOM_PATH)
    await site.customers.leave(token)
    return visit.send_to(ROOM_PATH)


@get("/static/join/{version:str}/{name:str}", opt=_OPEN)
async def static_file(
    request: AnyRequest,
    site: NamedDependency[CustomerSite],
    version: FromPath[str],
    name: FromPath[str],
) -> Response[bytes]:
    """Send a style, script or picture; the address of another version gets the current file."""
    asset = site.pages.assets.find(name)
    if asset is None:
        return Response(b"", status_code=404, media_type="text/plain")
    packed = "gzip" in request.headers.get("accept-encoding", "")
    current = version == site.pages.assets.version
    return Response(
        asset.packed if packed else asset.plain,
        media_type=asset.media_type,
        headers=asset_headers(current=current, packed=packed),
    )


@post("/Customer/Applet", opt=_OPEN, status_code=200, before_request=check_body)
async def join_with_applet(
    request: AnyRequest, data: JSONBody[JoinWithApplet], site: NamedDependency[CustomerSite]
) -> AppletJoined:
    """Let the applet into the session of a link (or of a PIN, which leads to its link) or a pass.

    Raises:
        Refusal: ``not-found``, whatever the reason why the link does not let the applet in.
    """
    address = client_address(request)
    token = await site.helping.join_with_applet(data.code, data.key, data.platform, address)
    session_id = await site.helping.applet_session(token) if token else None
    if token is None or session_id is None:
        raise not_found("session that this link or code lets the applet into")
    customer = await site.customers.view(session_id)
    assert customer is not None, "just joined"
    return AppletJoined(
        token=token,
        session_id=session_id,
        technician=customer.technician,
        organization=customer.organization,
    )


@post("/Customer/AppletPin", opt=_OPEN, status_code=200, before_request=check_body)
async def applet_pin(
    request: AnyRequest, data: JSONBody[TypedPin], site: NamedDependency[CustomerSite]
) -> AppletLink:
    """Return the link that belongs to the PIN that a person has typed into the applet.

    Raises:
        Refusal: ``invalid`` for what is no PIN, ``not-found`` for any that does not work,
            ``too-many-attempts``.
    """
    if read_pin(data.pin) is None:
        raise invalid("pin", "A PIN code has 6 to 12 digits.")
    parts = await site.customers.check_pin(data.pin, client_address(request))
    if parts is None:
        raise not_found("code")
    return AppletLink(code=parts.code, key=parts.key)


@post("/Customer/PageKey", opt=_OPEN, status_code=200, before_request=check_body)
async def page_key(data: JSONBody[PageWanted], site: NamedDependency[CustomerSite]) -> AppletLink:
    """Issue the pass with which the page joins beside an applet that has joined.

    Raises:
        Refusal: ``not-found`` for an applet whose session is over, or that never joined;
            ``too-many-attempts`` for one that asks over and over.
    """
    session_id = await site.helping.applet_session(data.token)
    if session_id is None:
        raise not_found("session")
    await pace(site.rate_limit, session_id)
    parts = await site.helping.page_pass(data.token)
    if parts is None:
        raise not_found("session")
    return AppletLink(code=parts.code, key=parts.key)


@get("/Customer/Ice", opt=_OPEN)
async def customer_ice(request: AnyRequest, site: NamedDependency[CustomerSite]) -> IceServers:
    """Return the STUN and TURN servers for the page of a customer who has joined.

    Raises:
        Refusal: ``not-found`` for a browser that has not joined.
    """
    customer = await site.customers.by_token(request.cookies.get(CUSTOMER_COOKIE))
    if customer is None or customer.over:
        raise not_found("session")
    return servers_for_customer(site.ice, customer, system_clock())


def customer_router(site: CustomerSite, live_pages: LivePages) -> Router:
    """Return the router of the customer's pages."""
    return Router(
        "/",
        route_handlers=[
            pin_page,
            check_pin,
            open_link,
            trial,
            join,
            room,
            scriptless,
            leave,
            static_file,
            live,
            poll,
            say,
            join_with_applet,
            applet_pin,
            page_key,
            customer_ice,
        ],
        dependencies={
            "site": Provide(lambda: site, sync_to_thread=False),
            "live_pages": Provide(lambda: live_pages, sync_to_thread=False),
        },
        include_in_schema=False,
    )


async def _form(request: AnyRequest) -> dict[str, str]:
    """Return the text fields of a form; a repeated field counts once, and files are ignored."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def _by_link(site: CustomerSite, parts: LinkParts | None) -> CustomerView | None:
    return await site.customers.by_link(parts.code, parts.key) if parts else None


async def _has_joined(site: CustomerSite, visit: Visit, customer: CustomerView) -> bool:
    """Tell whether this browser is the one that joined the session, and the session is not over."""
    if customer.over or visit.token is None:
        return False
    own = await site.customers.by_token(visit.token)
    return own is not None and own.session_id == customer.session_id


def _without_cookies(
    site: CustomerSite, visit: Visit, customer: CustomerView, parts: LinkParts
) -> Response[str]:
    """Return the join page, which says that cookies are needed; its button tries them again."""
    setting = visit.setting(customer.organization, _address(parts))
    view = invitation_view(customer, parts, visit.device, setting.texts, site.applets)
    return visit.answer(setting.invitation(replace(view, cookies_missing=True)), 422)


def _link_notice(visit: Visit, customer: CustomerView, address: str) -> Response[str]:
    notice = link_notice(customer) or Notice.BAD_REQUEST
    probe = address if notice is Notice.JOINED else ""
    return visit.notice(notice, customer.organization, address=address, probe=probe)


def _too_many(visit: Visit, organization: str, typed: str, refusal: Refusal) -> Response[str]:
    if refusal.word != ProblemWord.TOO_MANY_ATTEMPTS:
        raise refusal
    wait_s = refusal.problem.retry_after_s or 60
    setting = visit.setting(organization, "/")
    error = setting.texts.counted("pin.too_many", -(-wait_s // 60))
    html = setting.pin(PinView(typed[:PIN_TYPED_MAX], error))
    return visit.answer(html, 429, {"Retry-After": str(wait_s)})


def _room_view(
    customer: CustomerView, token: str, texts: Texts, asking: bool, offer: AppletOffer | None
) -> RoomView:
    state = room_state(customer, texts)
    return RoomView(
        session_id=customer.session_id,
        status=state.status,
        over=state.over,
        title=state.title,
        text=state.text,
        technician=state.technician,
        initial=initial(helper_name(customer, texts)),
        form_token=form_token(token),
        asking=asking,
        applet=offer,
        applet_here=customer.applet,
    )


def _platform(value: Any) -> DevicePlatform:
    try:
        return DevicePlatform(value)
    except ValueError:
        return DevicePlatform.AUTO


def _address(parts: LinkParts, number: str | None = None) -> str:
    """Return a link without its host; *number* becomes its ``i`` if it is a valid one."""
    query = {"Code": parts.code, "k": parts.key}
    if number in ("1", "2", "3", "4"):
        query = {"i": number} | query
    return f"{LINK_PATH}?{urlencode(query)}"
