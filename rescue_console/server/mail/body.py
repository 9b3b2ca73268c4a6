"""Renders a mail's text as HTML: the same words, the link as a button and to be read."""

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
    """Lines between two blank lines; each line is text around the link, split at the link."""

    lines: tuple[tuple[str, ...], ...]

    @property
    def has_link(self) -> bool:
        """Whether the link stands in it."""
        return any(len(line) > 1 for line in self.lines)

    @property
    def is_link(self) -> bool:
        """Whether it is the link and nothing else."""
        return self.lines == (("", ""),)


def render_html(text: str, link: str, language: Language, *, title: str) -> str:
    """Return a whole HTML page that says *text*, in which every *link* can be clicked.

    It loads nothing from anywhere, so that opening the mail tells nobody.
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
