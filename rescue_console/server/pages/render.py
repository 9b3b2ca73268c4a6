"""Turns views into HTML. Jinja's autoescape escapes everything that templates insert."""

from collections.abc import Collection
from importlib.resources import files
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct

from rescue_console.protocol.choices import Language
from rescue_console.protocol.file_problems import FileProblem
from rescue_console.protocol.hindrances import REPORTED, PowerHindrance
from rescue_console.protocol.limits import CHAT_MAX
from rescue_console.protocol.powers import Power
from rescue_console.server.pages.assets import Assets
from rescue_console.server.pages.notices import Notice
from rescue_console.server.pages.views import (
    InvitationView,
    LanguageChoice,
    NoticeView,
    PageFrame,
    PinView,
    RoomView,
)
from rescue_console.texts.texts import Texts, read_texts


class Pages:
    """The customer's pages in every language; stateless once made."""

    def __init__(self, assets: Assets) -> None:
        self.assets = assets
        self._texts = read_texts(files("rescue_console.web") / "join" / "texts")
        self._environment = Environment(
            loader=PackageLoader("rescue_console.web", "join/templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals.update(
            powers=list(Power),
            hindrances=[word for word in PowerHindrance if word in REPORTED],
            file_problems=list(FileProblem),
            chat_max=CHAT_MAX,
        )

    @property
    def languages(self) -> Collection[Language]:
        """The languages that the pages exist in, in the order of lists."""
        return self._texts.keys()

    def texts(self, language: Language) -> Texts:
        """Return the sentences in *language*."""
        return self._texts[language]

    def setting(self, language: Language, organization: str, address: str) -> "PageSetting":
        """Return the setting in which the pages of one request are rendered.

        Args:
            language: The language of the page.
            organization: The organization's name.
            address: Path and query at which the page can be fetched again, for the language
                switch; empty = the browser's present address.
        """
        frame = PageFrame(
            language=language,
            languages=[
                LanguageChoice(choice, texts("language.name"), _with_language(choice, address))
                for choice, texts in self._texts.items()
            ],
            organization=organization,
            assets=self.assets.address,
        )
        return PageSetting(self, frame, self._texts[language])

    def render(self, template: str, frame: PageFrame, view: Struct) -> str:
        """Return the HTML of *template* with *view* inside *frame*."""
        texts = self._texts[frame.language]
        return self._environment.get_template(template).render(page=frame, view=view, t=texts)


class PageSetting:
    """One request's language, organization and address; renders each kind of page in them."""

    def __init__(self, pages: Pages, frame: PageFrame, texts: Texts) -> None:
        self._pages = pages
        self._frame = frame
        self.texts = texts

    def pin(self, view: PinView) -> str:
        """Return the page on which a PIN is typed."""
        return self._pages.render("pin.html", self._frame, view)

    def invitation(self, view: InvitationView) -> str:
        """Return the join page."""
        return self._pages.render("join.html", self._frame, view)

    def room(self, view: RoomView) -> str:
        """Return the waiting room."""
        return self._pages.render("room.html", self._frame, view)

    def notice(self, notice: Notice, probe: str = "") -> str:
        """Return the page for *notice*; see NoticeView for *probe*."""
        title = self.texts(f"notice.{notice}.title")
        text = self.texts(f"notice.{notice}.text")
        return self._pages.render("notice.html", self._frame, NoticeView(title, text, probe))


def _with_language(language: Language, address: str) -> str:
    parts = urlsplit(address)
    query = "&".join(filter(None, [parts.query, urlencode({"lang": language})]))
    return f"{parts.path}?{query}"
