"""Sends HTTP requests and distinguishes answers, refusals and silence. No retries, no tokens.

It may be used from several threads at once: each has its own connections.
"""

import ssl
import threading
from typing import Any, TypeVar
from weakref import WeakSet

import msgspec
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from rescue_console.network.answer_bytes import read_answer
from rescue_console.network.diagnosis import PROXY_SIGN_IN_STATUS, diagnose
from rescue_console.network.errors import Misunderstood, Refused, SignedOut, Unreachable, Why
from rescue_console.network.server_address import ServerAddress
from rescue_console.network.tls import tls_context
from rescue_console.network.way_out import proxy_for, read_proxy
from rescue_console.protocol.problems import Problem, ProblemWord
from rescue_console.protocol.unreadable import UNREADABLE

T = TypeVar("T")

API_PATH = "/api/v1"
CONNECT_TIMEOUT_S = 10.0
READ_TIMEOUT_S = 30.0
ANSWER_MAX = 16_777_216
"""The largest answer that is read, in bytes; a page of 200 sessions with their mails is 1 MB."""

PROBLEM_MAX = 65_536
ANSWER_WITHIN_S = 120.0
"""How long an answer may take from its first byte, however steadily more bytes come."""

_GATEWAY_ERRORS = frozenset({502, 503, 504})


class _Adapter(HTTPAdapter):
    """Connections that trust what ``tls_context`` trusts and sign in to proxies in UTF-8."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Create the connection pool with our TLS context."""
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """Make the pool behind *proxy* with our context, too; also for TLS to the proxy itself."""
        contexts = {"ssl_context": self._context, "proxy_ssl_context": self._context}
        return super().proxy_manager_for(proxy, **(contexts | kwargs))

    def proxy_headers(self, proxy: str) -> dict[str, str]:
        """Return what signs in to *proxy*; requests itself fails at letters beyond Latin-1."""
        return read_proxy(proxy).authorization


class Transport:
    """HTTP to one server."""

    def __init__(
        self, server: ServerAddress, read_timeout_s: float = READ_TIMEOUT_S, version: str = ""
    ) -> None:
        self.server = server
        self._timeout = (CONNECT_TIMEOUT_S, read_timeout_s)
        self._agent = f"rescue-console/{version}" if version else "rescue-console"
        self._of_thread = threading.local()
        self._open: WeakSet[requests.Session] = WeakSet()  # each goes with its thread
        self._lock = threading.Lock()
        self._tls: ssl.SSLContext | None = None

    def tls(self) -> ssl.SSLContext | None:
        """Return the TLS context for connections to this server; ``None`` if it has no TLS."""
        with self._lock:
            if self._tls is None and self.server.secure:
                self._tls = tls_context()
            return self._tls

    def send(
        self,
        method: str,
        path: str,
        answer: type[T],
        *,
        body: msgspec.Struct | None = None,
        headers: dict[str, str] | None = None,
        access_token: str = "",
    ) -> T:
        """Send one request below ``/api/v1`` and return the decoded answer.

        Args:
            method: The HTTP method.
            path: The path below ``/api/v1``, with its query.
            answer: The type that the body decodes to; ``NoneType`` for calls with an empty answer.
            body: What to send as JSON, if anything.
            headers: Further headers.
            access_token: Empty for calls that need none.

        Raises:
            Unreachable: no answer came.
            Refused: the server refused the request.
            SignedOut: the access token is not valid, or no longer.
            Misunderstood: the answer is not part of our protocol.
        """
        # Not compressed: a few bytes could become gigabytes.
        all_headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            **(headers or {}),
        }
        if access_token:
            all_headers["Authorization"] = f"Bearer {access_token}"
        if body is not None:
            all_headers["Content-Type"] = "application/json"
        proxy = proxy_for(self.server)
        try:
            response = self._session().request(
                method,
                f"{self.server.url}{API_PATH}{path}",
                data=None if body is None else msgspec.json.encode(body),
                headers=all_headers,
                timeout=self._timeout,
                allow_redirects=False,
                proxies={} if proxy is None else {"http": proxy.url, "https": proxy.url},
                stream=True,
            )
            content = _content(response)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise diagnose(error, proxy.shown if proxy else "") from error
        if proxy is not None and response.status_code == PROXY_SIGN_IN_STATUS:
            raise Unreachable(Why.PROXY_SIGN_IN, proxy=proxy.shown)
        return _read(response, content, answer)

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._of_thread, "session", None)
        if session is None:
            session = requests.Session()
            session.headers["User-Agent"] = self._agent
            # ``proxy_for`` decides on proxies, and ~/.netrc would replace the access token.
            session.trust_env = False
            for scheme in ("https://", "http://"):
                session.mount(scheme, _Adapter(self.tls()))
            self._of_thread.session = session
            with self._lock:
                self._open.add(session)
        return session

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            sessions, self._open = list(self._open), WeakSet()
        self._of_thread = threading.local()
        for session in sessions:
            session.close()


def _content(response: requests.Response) -> bytes:
    """Return the body, which may be neither too large nor compressed.

    Raises:
        Misunderstood: it is.
        Unreachable: it takes too long.
    """
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding != "identity":
        response.raw.close()
        raise Misunderstood(f"HTTP {response.status_code}: a body in the encoding {encoding[:20]}")
    most = ANSWER_MAX if response.ok else PROBLEM_MAX

    def read_some(size: int) -> bytes:
        part: bytes = response.raw.read1(size, decode_content=False)
        return part

    try:
        content = read_answer(read_some, most, ANSWER_WITHIN_S)
    except BaseException:
        response.raw.close()  # with what is left of the answer
        raise
    response.raw.release_conn()  # for the next request
    return content


def _read(response: requests.Response, content: bytes, answer: type[T]) -> T:
    if response.ok and not response.is_redirect:
        if answer is type(None):
            return None
        try:
            return msgspec.json.decode(content, type=answer)
        except UNREADABLE as error:
            raise Misunderstood(f"{response.status_code}: {error}") from error
    problem = _problem(response, content)
    if problem is None:
        if response.status_code in _GATEWAY_ERRORS:
            raise Unreachable(Why.UNAVAILABLE, f"HTTP {response.status_code}")
        raise Misunderstood(f"HTTP {response.status_code} without problem details")
    if problem.word == ProblemWord.NOT_SIGNED_IN:
        raise SignedOut(problem)
    raise Refused(problem)


def _problem(response: requests.Response, content: bytes) -> Problem | None:
    if not response.headers.get("Content-Type", "").startswith("application/problem+json"):
        return None
    try:
        return msgspec.json.decode(content, type=Problem)
    except UNREADABLE:
        return None
