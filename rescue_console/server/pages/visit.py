"""One request for a page: its browser's token, language and device, and the answer to it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from litestar import MediaType, Request, Response
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from rescue_console.protocol.choices import Language
from rescue_console.protocol.languages import ENGLISH, nearest
from rescue_console.server.pages.device import Device, detect
from rescue_console.server.pages.headers import asset_headers, page_headers
from rescue_console.server.pages.language import (
    LANGUAGE_COOKIE,
    LANGUAGE_COOKIE_SECONDS,
    choose_language,
)
from rescue_console.server.pages.notices import Notice
from rescue_console.server.pages.render import Pages, PageSetting

CUSTOMER_COOKIE = "rescue_customer"
CUSTOMER_PATH = "/Customer"
TRIAL_COOKIE = "rescue_cookies"
"""Set with a style of the join page, and sent with its form by browsers that take cookies: without
them, nobody who has joined could be told from a stranger."""
CUSTOMER_COOKIE_SECONDS = 15 * 24 * 3600
"""How long a browser keeps the cookie: a day longer than a session may be on hold."""

AnyRequest = Request[Any, Any, Any]
UNNAMED = "Rescue"
"""Stands in for the organization's name where it is unknown: before setup, or in an error."""


def language_of(
    connection: ASGIConnection[Any, Any, Any, Any], spoken: Collection[Language]
) -> Language:
    """Return the language among *spoken* in which to answer a request or a WebSocket."""
    return choose_language(
        connection.query_params.get("lang"),
        connection.cookies.get(LANGUAGE_COOKIE),
        connection.headers.get("accept-language"),
        spoken,
        ENGLISH,
    )


def empty_style() -> Response[bytes]:
    """Return a style that changes nothing: browsers load it without scripts."""
    return Response(
        b"", media_type=MediaType.CSS, headers=asset_headers(current=False, packed=False)
    )


@dataclass(frozen=True)
class Visit:
    """What a request says about the browser that sent it."""

    request: AnyRequest
    pages: Pages
    language: Language
    device: Device

    @classmethod
    def of(cls, request: AnyRequest, pages: Pages) -> "Visit":
        """Return what *request* says about its browser."""
        headers = request.headers
        device = detect(headers.get("user-agent"), headers.get("sec-ch-ua-platform"))
        return cls(request, pages, language_of(request, pages.languages), device)

    @property
    def token(self) -> str | None:
        """The token that this browser got when it joined; ``None`` if it has not."""
        return self.request.cookies.get(CUSTOMER_COOKIE)

    @property
    def takes_cookies(self) -> bool:
        """Whether this browser has sent a cookie of a customer's page."""
        return not {TRIAL_COOKIE, CUSTOMER_COOKIE}.isdisjoint(self.request.cookies)

    def setting(self, organization: str, address: str = "") -> PageSetting:
        """Return the setting in which this request's page is rendered; see ``Pages.setting``."""
        return self.pages.setting(self.language, organization or UNNAMED, address)

    def answer(
        self, html: str, status: int = 200, headers: dict[str, str] | None = None
    ) -> Response[str]:
        """Return a page as a response; a language chosen in the address is remembered."""
        response = Response(
            html,
            status_code=status,
            media_type=MediaType.HTML,
            headers=page_headers(self.request.scope["scheme"]) | (headers or {}),
        )
        chosen = nearest(self.request.query_params.get("lang") or "", self.pages.languages)
        if chosen is not None:
            response.set_cookie(self._cookie(LANGUAGE_COOKIE, chosen, LANGUAGE_COOKIE_SECONDS))
        return response

    def style_with_cookie(self) -> Response[bytes]:
        """Return an empty style with the cookie that shows whether the browser takes any."""
        response = empty_style()
        response.set_cookie(
            Cookie(
                TRIAL_COOKIE,
                path=CUSTOMER_PATH,
                value="1",
                secure=self._secure,
                httponly=True,
                samesite="strict",
            )
        )
        return response

    def send_to(self, address: str, customer_token: str | None = None) -> Response[str]:
        """Return a redirect to a GET of *address*; *customer_token* is set as a cookie."""
        response = self.answer("", 303, {"Location": address})
        if customer_token is not None:
            response.set_cookie(
                Cookie(
                    CUSTOMER_COOKIE,
                    path=CUSTOMER_PATH,
                    value=customer_token,
                    max_age=CUSTOMER_COOKIE_SECONDS,
                    secure=self._secure,
                    httponly=True,
                    samesite="strict",
                )
            )
        return response

    def notice(
        self,
        notice: Notice,
        organization: str,
        *,
        address: str = "",
        probe: str = "",
        status: int | None = None,
        headers: dict[str, str] | None = None,
    ) -> Response[str]:
        """Return the page for *notice* as a response."""
        html = self.setting(organization, address).notice(notice, probe)
        return self.answer(html, status or notice.http_status, headers)

    @property
    def _secure(self) -> bool:
        return self.request.scope["scheme"] == "https"

    def _cookie(self, name: str, value: str, max_age_s: int) -> Cookie:
        return Cookie(
            name, value=value, max_age=max_age_s, secure=self._secure, httponly=True, samesite="lax"
        )
