"""Renders a mail's text as HTML: the same words, with the link as a button and in full."""

from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from rescue_console.protocol.choices import Language
from rescue_console.server.mail.languages import texts_in

_TEMPLATE = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(
    files("rescue_console.server.mail").joinpath("body.html.jinja").read_text("utf-8")
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The lines between two blank lines; each line is split at the link into the text around it."""

    lines: tuple[tuple[str, ...], ...]

    @property
    def has_link(self) -> bool:
        """Whether the paragraph contains the link."""
        return any(len(line) > 1 for line in self.lines)

    @property
    def is_link(self) -> bool:
        """Whether the paragraph is the link and nothing else."""
        return self.lines == (("", ""),)


def render_html(text: str, link: str, language: Language, *, title: str) -> str:
    """Return a complete HTML page with *text*, in which every *link* can be clicked.

    The page loads nothing from anywhere, so that nobody learns when the mail is opened.
    """
    return _TEMPLATE.render(
        button=texts_in(language)("button"),
        language=language,
        link=link,
        paragraphs=_paragraphs(text, link),
        title=title,
    )


def _paragraphs(text: str, link: str) -> list[Paragraph]:
    blocks: list[list[tuple[str, ...]]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            blocks[-1].append(tuple(line.strip().split(link)) if link else (line.strip(),))
        else:
            blocks.append([])
    return [Paragraph(tuple(lines)) for lines in blocks if lines]
