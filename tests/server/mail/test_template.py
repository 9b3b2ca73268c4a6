"""The template language: what is filled in, and what is refused with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescue_console.protocol.choices import Language
from rescue_console.protocol.problems import FieldError
from rescue_console.server.mail.languages import mail_texts, usual_template
from rescue_console.server.mail.template import (
    Placeholder,
    TemplateRefused,
    one_line,
    read_subject,
    read_text,
)
from tests.stage.rules.mail_samples import hostile, make_values


def errors_of(text: str) -> list[FieldError]:
    with pytest.raises(TemplateRefused) as refused:
        read_text(text, "settings.mail_text.en")
    return refused.value.errors


def test_every_placeholder_is_replaced() -> None:
    template = read_text("{link}|{name}|{technician}|{organization}|{code}|{expires}")
    values = make_values()
    expected = [
        values.link,
        "Ada",
        "Élodie Noël",
        "Dépannage",
        "618689",
        "2 March 2026 at 09:05 UTC",
    ]
    assert template.fill(values.by_placeholder()) == "|".join(expected)


def test_doubled_braces_are_shown_as_single_ones() -> None:
    filled = read_text("{{link}} {{{code}}} {link}").fill(make_values().by_placeholder())
    assert filled.startswith("{link} {618689} https://")


@pytest.mark.parametrize("language", mail_texts())
def test_the_default_texts_are_valid(language: Language) -> None:
    read_subject(usual_template("subject")[language])
    read_text(usual_template("text")[language])


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("{nome} {link}", 1, 1),
        ("{link}\nDear {Name},", 2, 6),
        ("{link}\r\né{ name }", 2, 2),
        ("{link}\n\n  {", 3, 3),
        ("{link} }", 1, 8),
        ("{link} {}", 1, 8),
        ("{link} {name!r}", 1, 8),
        ("{link} {name", 1, 8),
        ("{link}\n{li\nnk}", 2, 1),
        ("{link} \u202e", 1, 8),
        ("{link}\n\x00", 2, 1),
        ("{link}\u2028", 1, 7),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(text: str, line: int, column: int) -> None:
    first = errors_of(text)[0]
    assert (first.where, first.line, first.column) == ("settings.mail_text.en", line, column)


def test_an_unknown_placeholder_is_named_together_with_the_known_ones() -> None:
    [error] = errors_of("{link} {custommer}")
    assert "{custommer}" in error.what
    assert "{organization}" in error.what


def test_every_error_is_reported_but_not_thousands() -> None:
    assert len(errors_of("{link} {a}\n{b}")) == 2
    assert len(errors_of("{link}" + "{ " * 9_000)) == 20


def test_a_text_without_the_link_is_refused() -> None:
    assert "{link}" in errors_of("Hello {{link}}")[0].what


def test_a_subject_is_one_line() -> None:
    with pytest.raises(TemplateRefused) as refused:
        read_subject("Help\nBcc: x@example.org")
    [error] = refused.value.errors
    assert (error.line, error.column) == (1, 5)


def test_an_empty_subject_is_refused() -> None:
    with pytest.raises(TemplateRefused, match="empty"):
        read_subject("  ")


@given(name=hostile, organization=hostile)
def test_values_are_never_expanded_and_never_add_a_line(name: str, organization: str) -> None:
    values = make_values(name=f"x{name}", organization=organization).by_placeholder()
    filled = read_text("Dear {name},\n{link}\n{organization}").fill(values)
    expected = f"Dear {one_line('x' + name)},\n{values[Placeholder.LINK]}\n{one_line(organization)}"
    assert filled == expected
    assert len(filled.splitlines()) == 3 or not one_line(organization)


@given(st.text())
def test_any_text_is_read_or_refused_with_places_inside_it(text: str) -> None:
    try:
        read_text(text)
    except TemplateRefused as refused:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for error in refused.errors:
            if error.line is not None:
                assert error.column is not None
                assert 1 <= error.column <= len(lines[error.line - 1])


@given(st.text())
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    kept = "".join(filter(lambda character: character == one_line(f"|{character}|")[1:-1], text))
    escaped = kept.replace("{", "{{").replace("}", "}}")
    filled = read_text(f"{escaped}{{link}}").fill(make_values().by_placeholder())
    assert filled == kept + make_values().link
