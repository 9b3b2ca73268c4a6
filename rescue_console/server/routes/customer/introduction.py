"""Which session a page belongs to and what it shows, whichever way it has come."""

from rescue_console.protocol.customer import ChatRead, ChatShown, CustomerState, PageOpen, Poll
from rescue_console.protocol.limits import CHAT_PAGE_SIZE, PAGE_SIZE_MAX
from rescue_console.protocol.statuses import LOST, SessionStatus
from rescue_console.server.pages.states import link_state, room_state
from rescue_console.server.routes.customer.pace import pace
from rescue_console.server.rules.clockwork.presence import Presence
from rescue_console.server.rules.helping.chat import ChatPart
from rescue_console.server.rules.helping.customers import Customers, CustomerView
from rescue_console.server.rules.helping.helping import Helping
from rescue_console.server.rules.helping.rate_limit import RateLimit
from rescue_console.texts.texts import Texts


async def introduce(
    customers: Customers,
    rate_limit: RateLimit | None,
    opening: PageOpen | Poll,
    token: str | None,
    *,
    anew: bool,
) -> CustomerView | None:
    """Note that a page is open; return its session, or ``None`` if there is none.

    Args:
        customers: The rules.
        rate_limit: Holds back who opens pages over and over by requests; None for a WebSocket,
            which must not count as gone because it has said much before.
        opening: What the page says.
        token: That of the browser, which has joined if *opening* names no code.
        anew: Whether the page has just been opened; if not, only what is not known is noted.

    Raises:
        Refusal: ``too-many-attempts``.
    """
    # Looked up before anything is written: strangers must not block writing to the database.
    if opening.code:
        known = await customers.by_link(opening.code, opening.key)
    else:
        known = await customers.by_token(token)
        # The browser may have joined another session since; this page still shows the old one.
        if known is not None and opening.session and opening.session != known.session_id:
            return None
    if known is None or not _is_news(known, opening, anew=anew):
        return known
    if rate_limit is not None:
        await pace(rate_limit, known.session_id)
    if opening.code:
        return await customers.page_opened(opening.code, opening.key, opening.platform)
    return await customers.came_back(token, scripts=True) if token else None


def _is_news(known: CustomerView, opening: PageOpen | Poll, *, anew: bool) -> bool:
    """Tell whether there is anything to note about a page that is open."""
    if opening.code:
        return known.status is SessionStatus.INVITED
    return anew or known.status in LOST


async def look(
    customers: Customers, session_id: str, opening: PageOpen | Poll, *, joined: bool
) -> CustomerView | None:
    """Return the session as this page may see it: unless it has *joined*, by its code and key."""
    if joined:
        return await customers.view(session_id)
    return await customers.by_link(opening.code, opening.key)


async def unseen_chat(
    helping: Helping, session_id: str, opening: PageOpen | Poll
) -> list[ChatRead] | list[ChatShown]:
    """Return the newest of the messages that the page has not seen, as it reads them."""
    limit = CHAT_PAGE_SIZE if opening.chat_pages else PAGE_SIZE_MAX
    page = await helping.read_chat(session_id, ChatPart(opening.chat_after, limit=limit))
    if opening.chat_pages:
        return [ChatRead(page=page)]
    return [ChatShown(message=message) for message in page.items]


def state_of(
    customer: CustomerView, presence: Presence, texts: Texts, *, joined: bool
) -> CustomerState:
    """Return what a page shows of its session."""
    state = (room_state if joined else link_state)(customer, texts)
    state.page = presence.has_room(customer.session_id)
    return state
