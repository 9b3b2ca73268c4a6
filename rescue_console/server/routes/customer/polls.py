"""What ``/Customer/Live`` does, by plain HTTP, for pages in networks that block WebSockets.

Strangers are answered at once. Whoever is known by a cookie or a link may have a request held for
as long as nothing is new; held requests count among the session's open pages.
"""

import asyncio

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from rescue_console.protocol.customer import (
    ChatRead,
    ChatShown,
    CustomerState,
    Heard,
    Poll,
    Polled,
    Side,
    SignalShown,
)
from rescue_console.protocol.events import HELD_S
from rescue_console.protocol.problems import ProblemWord
from rescue_console.server.events.log import (
    CHAT_SAID,
    SIGNAL_SENT,
    SIGNAL_TO_CUSTOMER,
    LoggedEvent,
)
from rescue_console.server.logs import HELD
from rescue_console.server.pages.origin import is_own_form
from rescue_console.server.pages.visit import CUSTOMER_COOKIE, AnyRequest, language_of
from rescue_console.server.refusals import not_found, refuse
from rescue_console.server.routes.access import PUBLIC
from rescue_console.server.routes.bodies import check_body
from rescue_console.server.routes.customer.introduction import (
    introduce,
    look,
    state_of,
    unseen_chat,
)
from rescue_console.server.routes.customer.live import LivePages
from rescue_console.server.routes.customer.messages import for_customer, receive
from rescue_console.server.routes.customer.pace import pause_after
from rescue_console.server.routes.held import as_many_as_fit, wait_for_news
from rescue_console.server.rules.helping.customers import CustomerView
from rescue_console.server.storage.uncut import uncut

FAR_BEHIND = 500
"""A page that is further behind begins anew, so that none makes the server look through all."""

_SAID = (CHAT_SAID, SIGNAL_TO_CUSTOMER)
_Messages = list[CustomerState | ChatShown | ChatRead | SignalShown]


@post("/Customer/Poll", opt={PUBLIC: True, HELD: True}, status_code=200, before_request=check_body)
async def poll(
    request: AnyRequest, data: JSONBody[Poll], live_pages: NamedDependency[LivePages]
) -> Polled:
    """Return what is new for a page, as soon as something is.

    Raises:
        Refusal: ``not-allowed`` for another site's page, ``not-found`` for a page of no session,
            ``too-many-attempts`` when the session has too many pages open, or opens too many.
    """
    _check_origin(request, live_pages)
    presence, stream = live_pages.presence, live_pages.stream
    token = request.cookies.get(CUSTOMER_COOKIE)
    anew = data.after is None
    customer = await introduce(live_pages.customers, live_pages.rate_limit, data, token, anew=anew)
    if customer is None:
        raise not_found("session")
    session_id, joined = customer.session_id, not data.code
    if not joined and not customer.joinable:
        # Whoever only has a link that lets nobody in is not the customer: this must not look so.
        now_at, _ = await stream.position(None)
        return Polled(number=now_at, messages=[_state(request, live_pages, data, customer)])
    if presence.is_crowded(session_id):
        raise refuse(ProblemWord.TOO_MANY_ATTEMPTS, "This session has too many pages open.")

    def concerns(event: LoggedEvent) -> bool:
        if event.session_id != session_id or event.kind == SIGNAL_SENT:
            return False
        return joined or event.kind not in _SAID

    with presence.page(session_id, room=joined, asks_again=True):
        async with stream.subscribe(concerns) as subscription:
            now_at, resumed = await stream.position(data.after)
            number, found = now_at, list[LoggedEvent]()
            if data.after is None or not resumed or now_at - data.after > FAR_BEHIND:
                anew = True
            else:
                number, found = await stream.catch_up(data.after, now_at, concerns)
                if not found:
                    found = await wait_for_news(request.receive, subscription, number, HELD_S)
        found = as_many_as_fit(found)
        messages = await _messages(request, live_pages, data, session_id, found, anew=anew)
    return Polled(number=found[-1].number if found else number, messages=messages)


async def _messages(
    request: AnyRequest,
    live_pages: LivePages,
    data: Poll,
    session_id: str,
    found: list[LoggedEvent],
    *,
    anew: bool,
) -> _Messages:
    joined = not data.code
    said = [event for event in found if event.kind in _SAID]
    told = (for_customer(event, Side.PAGE) for event in said)
    messages: _Messages = [message for message in told if message is not None]
    if found and len(said) == len(found):
        return messages
    customer = await look(live_pages.customers, session_id, data, joined=joined)
    if customer is None:
        raise not_found("session")
    state = _state(request, live_pages, data, customer)
    if anew and joined:
        return [*await unseen_chat(live_pages.helping, session_id, data), state]
    return [state, *messages]


def _state(
    request: AnyRequest, live_pages: LivePages, data: Poll, customer: CustomerView
) -> CustomerState:
    texts = live_pages.pages.texts(language_of(request, live_pages.pages.languages))
    return state_of(customer, live_pages.presence, texts, joined=not data.code)


@post("/Customer/Say", opt={PUBLIC: True}, status_code=200, before_request=check_body)
async def say(request: AnyRequest, live_pages: NamedDependency[LivePages]) -> Heard:
    """Handle one message of a page that has joined; ``session`` in the address says which.

    Raises:
        Refusal: ``not-allowed`` for another site's page, ``not-found`` for a browser that has not
            joined this session, ``too-many-attempts`` for one that says too much.
    """
    _check_origin(request, live_pages)
    customer = await live_pages.customers.by_token(request.cookies.get(CUSTOMER_COOKIE))
    if customer is None or request.query_params.get("session") != customer.session_id:
        raise not_found("session")
    now_s = asyncio.get_running_loop().time()
    text = (await request.body()).decode()
    wait_s = pause_after(live_pages.rate_limit, customer.session_id, now_s, len(text))
    # A customer's last message counts, even if the page goes at that moment.
    answer = await uncut(
        receive(live_pages.helping, live_pages.activity, customer.session_id, text)
    )
    await asyncio.sleep(wait_s)
    return Heard(answer=answer)


def _check_origin(request: AnyRequest, live_pages: LivePages) -> None:
    if not is_own_form(request.headers, live_pages.public_url, request.scope["scheme"]):
        raise refuse(ProblemWord.NOT_ALLOWED, "This is not a request of our own page.")
