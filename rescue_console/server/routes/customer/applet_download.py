"""``GET /Customer/Applet/FILE``: the applet for one platform, the same bytes for everybody.

Only the name under which the browser saves it differs. The name holds the session's code, a pass
that lets the applet in once, and the server's address, so that the applet finds the session without
asking. Customers with an invitation that nobody has used get the file by its code and key, which
are in the query or, so that no list of downloads keeps them, in a form. Customers whose browser has
joined get it by their cookie.
"""

import re
from urllib.parse import urlsplit

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import File

from rescue_console.protocol.links import LinkParts, read_parts
from rescue_console.server.pages.applet_offer import APPLET_PATH
from rescue_console.server.pages.visit import CUSTOMER_COOKIE, AnyRequest
from rescue_console.server.refusals import not_found
from rescue_console.server.routes.access import PUBLIC
from rescue_console.server.routes.customer.pace import pace
from rescue_console.server.rules.helping.applets import Applets
from rescue_console.server.rules.helping.customers import Customers
from rescue_console.server.rules.helping.rate_limit import RateLimit

_LINUX_ENDING = ".bin"
"""Without one, browsers number a second download within the host: ``…@help.example (1).org``."""

_HTTPS_PORT = 443
_NUMBERED = re.compile(r"-[0-9]{1,3}\Z", re.ASCII)
"""The end of a host that looks like the number of a second download, unless a port follows."""


def saved_name(file: str, link: LinkParts, public_url: str) -> str:
    """Return the name to save *file* under: ``Rescue-CODE-KEY@HOST+PORT`` and its suffix.

    The server is left out where the applet could not reach it from host and port alone (plain HTTP
    to another machine, or an IPv6 address); the applet then asks for the address.
    """
    parts = urlsplit(public_url)
    ending = file.removeprefix("rescue-applet") or _LINUX_ENDING
    place = ""
    loopback = parts.hostname in ("127.0.0.1", "localhost")
    if parts.hostname and ":" not in parts.hostname and (parts.scheme == "https" or loopback):
        port = parts.port or (_HTTPS_PORT if _NUMBERED.search(parts.hostname) else None)
        place = f"@{parts.hostname}" + (f"+{port}" if port else "")
    return f"Rescue-{link.code}-{link.key}{place}{ending}"


class AppletDownload:
    """Decides who gets the applet, and under which name."""

    def __init__(
        self, applets: Applets, customers: Customers, rate_limit: RateLimit, public_url: str
    ) -> None:
        self._applets = applets
        self._customers = customers
        self._rate_limit = rate_limit
        self._public_url = public_url

    async def answer(self, name: str, link: LinkParts | None, token: str | None) -> File:
        """Return the file called *name*, to be saved under a name that lets the applet in once.

        Raises:
            Refusal: ``not-found`` if there is no invitation to a session that is not over, or no
                applet called *name*; ``too-many-attempts`` for who fetches it over and over.
        """
        platform = self._applets.platform_of(name)
        path = self._applets.find(platform) if platform else None
        session_id = await self._customers.brings_applet(link, token) if path else None
        if path is None or session_id is None:
            raise not_found("applet")
        await pace(self._rate_limit, session_id)
        parts = await self._customers.applet_pass(link, token)
        if parts is None:
            raise not_found("applet")
        return File(
            path,
            filename=saved_name(name, parts, self._public_url),
            content_disposition_type="attachment",
            media_type="application/octet-stream",
            headers={
                "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "no-referrer",
                "X-Robots-Tag": "noindex, nofollow",
            },
        )


def applet_routes(download: AppletDownload) -> list[HTTPRouteHandler]:
    """Return the routes of *download*."""

    @get(f"{APPLET_PATH}/{{name:str}}", opt={PUBLIC: True}, include_in_schema=False)
    async def applet(request: AnyRequest, name: FromPath[str]) -> File:
        query = request.query_params
        link = read_parts(query.get("Code"), query.get("k"))
        return await download.answer(name, link, request.cookies.get(CUSTOMER_COOKIE))

    @post(
        f"{APPLET_PATH}/{{name:str}}", opt={PUBLIC: True}, include_in_schema=False, status_code=200
    )
    async def applet_by_form(request: AnyRequest, name: FromPath[str]) -> File:
        form = await request.form()
        code, key = form.get("code"), form.get("key")
        link = read_parts(code, key) if isinstance(code, str) and isinstance(key, str) else None
        return await download.answer(name, link, request.cookies.get(CUSTOMER_COOKIE))

    return [applet, applet_by_form]
