"""Builds one application from all the routes and the parts that they call."""

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from rescue_console import __version__
from rescue_console.protocol.limits import REQUEST_BODY_MAX
from rescue_console.server.logs import request_log
from rescue_console.server.pages.assets import Assets
from rescue_console.server.pages.render import Pages
from rescue_console.server.parts import Parts
from rescue_console.server.routes.access import PUBLIC, provide_caller, require_caller
from rescue_console.server.routes.auth import auth_router
from rescue_console.server.routes.bodies import check_body
from rescue_console.server.routes.customer.applet_download import AppletDownload, applet_routes
from rescue_console.server.routes.customer.errors import pages_for_people
from rescue_console.server.routes.customer.live import LivePages
from rescue_console.server.routes.customer.site import CustomerSite, customer_router
from rescue_console.server.routes.description import ApiDescription, operation_id
from rescue_console.server.routes.event_pages import event_pages_router
from rescue_console.server.routes.events import events_route
from rescue_console.server.routes.health import health_routes
from rescue_console.server.routes.helping import helping_router
from rescue_console.server.routes.organization import organization_router
from rescue_console.server.routes.problem_answers import EXCEPTION_HANDLERS, add_api_headers
from rescue_console.server.routes.relay import Relay, relay_route
from rescue_console.server.routes.sessions import sessions_router
from rescue_console.server.rules.helping.rate_limit import RateLimit

API = "/api/v1"


def build_app(parts: Parts, metrics_from: list[str]) -> Litestar:
    """Return the ASGI application.

    Args:
        parts: What the routes call; must be running while requests are served.
        metrics_from: Networks that may read the metrics, besides loopback.
    """
    api = Router(
        API,
        before_request=check_body,
        after_request=add_api_headers,
        route_handlers=[
            auth_router(parts.sign_ins),
            sessions_router(parts.sessions, parts.outbox),
            organization_router(parts.groups, parts.technicians),
            helping_router(
                parts.powers,
                parts.chat,
                parts.signals,
                parts.seats,
                parts.notes,
                parts.restarts,
                parts.ice,
            ),
            relay_route(
                Relay(
                    parts.sign_ins,
                    parts.sessions,
                    parts.seats,
                    parts.helping,
                    parts.activity,
                    parts.stream,
                )
            ),
            events_route(
                parts.sign_ins,
                parts.stream,
                parts.database,
                parts.clock,
                parts.attendance,
                parts.seats,
                parts.public_url,
            ),
            event_pages_router(parts.stream, parts.attendance, parts.database),
        ],
        dependencies={
            "caller": Provide(provide_caller, sync_to_thread=False),
            "sessions": Provide(lambda: parts.sessions, sync_to_thread=False),
            "organization": Provide(lambda: parts.organization, sync_to_thread=False),
            "technicians": Provide(lambda: parts.technicians, sync_to_thread=False),
            "mail": Provide(lambda: parts.mail, sync_to_thread=False),
            "clock": Provide(lambda: parts.clock, sync_to_thread=False),
            "public_url": Provide(lambda: parts.public_url, sync_to_thread=False),
            "applets": Provide(lambda: parts.applets, sync_to_thread=False),
        },
    )
    pages = Pages(Assets())
    rate_limit = RateLimit()
    site = CustomerSite(
        parts.customers,
        parts.helping,
        parts.applets,
        pages,
        parts.public_url,
        parts.ice,
        rate_limit,
    )
    live_pages = LivePages(
        parts.customers,
        parts.presence,
        parts.stream,
        pages,
        parts.helping,
        parts.activity,
        rate_limit,
        parts.public_url,
    )
    return Litestar(
        route_handlers=[
            api,
            customer_router(site, live_pages),
            *applet_routes(
                AppletDownload(parts.applets, parts.customers, rate_limit, parts.public_url)
            ),
            *health_routes(parts.database, parts.metrics, metrics_from),
        ],
        # For every route, not just the API: a route is closed unless it is marked as public.
        guards=[require_caller],
        exception_handlers=pages_for_people(EXCEPTION_HANDLERS, pages),
        middleware=[lambda app: request_log(app, parts.metrics)],
        openapi_config=OpenAPIConfig(
            title="Rescue Console",
            use_handler_docstrings=True,
            operation_id_creator=operation_id,
            version=__version__,
            openapi_router=Router(
                f"{API}/openapi.json",
                route_handlers=[],
                opt={PUBLIC: True},
                include_in_schema=False,
            ),
            render_plugins=[ApiDescription(path="/")],
            components=Components(
                security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}
            ),
        ),
        request_max_body_size=REQUEST_BODY_MAX,
        state=State({"sign_ins": parts.sign_ins}),
        logging_config=None,
    )
