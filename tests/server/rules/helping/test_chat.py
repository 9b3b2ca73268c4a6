"""Chat as it is kept: once, in order, and without characters that deceive."""

import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescue_console.protocol.customer import CustomerSays
from rescue_console.protocol.limits import CHAT_KEY_MAX, CHAT_MAX, CHAT_PAGE_BYTES
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import SendChat
from rescue_console.server.rules.helping import chat_room
from rescue_console.server.rules.helping.chat import ChatPart, clean_text
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("  \n\n indented\ttabbed  \n ", " indented\ttabbed".strip("\n ")),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066a\u2069 \u202ab\u202c", "a b"),
        ("bell\x07 escape\x1b[31m nul\0 delete\x7f next\x85", "bell escape[31m nul delete next"),
        ("\ufdd0no\uffff \U0001ffffcharacters", "no characters"),
        ("<script>alert('x')</script>", "<script>alert('x')</script>"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("Ж ع א 漢 \u200fright to left stays\u200f", "Ж ع א 漢 \u200fright to left stays\u200f"),
        ("👩\u200d👧 \U0001fae8 \U0001fae9", "👩\u200d👧 \U0001fae8 \U0001fae9"),
    ],
)
def test_characters_that_are_never_shown_are_removed_and_others_stay(
    written: str, kept: str
) -> None:
    assert clean_text(written) == kept


@given(st.text())
def test_cleaning_again_changes_nothing_more(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert not {unicodedata.category(each) for each in cleaned.replace("\n", "")} & {"Cs"}
    assert not set(cleaned) & set("\0\r\u2028\u202e\u2066")


@pytest.mark.parametrize("text", [" ", "\n\n", "\u202e", "\x07", "\r\n \t"])
async def test_a_blank_message_is_refused_and_not_kept(work: Workplace, text: str) -> None:
    session, _ = await work.active("nora")
    nora = await work.caller("nora")
    with refused(ProblemWord.INVALID):
        await work.parts.chat.say(nora, session.id, SendChat(text=text, key="a"))
    with refused(ProblemWord.INVALID):
        await work.parts.helping.said(session.id, CustomerSays(text=text, key="a"))
    assert (await work.parts.chat.read(nora, session.id, 0)).items == []


async def test_a_repeated_key_keeps_and_tells_nothing_more(work: Workplace) -> None:
    session, _ = await work.active("nora")
    nora = await work.caller("nora")
    first = await work.parts.chat.say(nora, session.id, SendChat(text="one", key="a"))
    number = await work.event_number()
    again = await work.parts.chat.say(nora, session.id, SendChat(text="another", key="a"))
    assert again == first
    assert await work.event_number() == number


async def test_both_sides_may_choose_the_same_key(work: Workplace) -> None:
    session, _ = await work.active("nora")
    nora = await work.caller("nora")
    await work.parts.chat.say(nora, session.id, SendChat(text="hers", key="a"))
    for _ in range(2):
        await work.parts.helping.said(session.id, CustomerSays(text="theirs", key="a"))
    page = await work.parts.chat.read(nora, session.id, 0)
    assert [(message.text, message.key) for message in page.items] == [
        ("hers", "a"),
        ("theirs", "a"),
    ]
    later = await work.parts.chat.read(nora, session.id, page.items[0].number)
    assert [message.text for message in later.items] == ["theirs"]


async def test_the_longest_message_is_kept_whole(work: Workplace) -> None:
    session, _ = await work.active("nora")
    text = "\U0001fae8" * CHAT_MAX
    await work.parts.helping.said(session.id, CustomerSays(text=text, key="a"))
    [kept] = (await work.parts.helping.read_chat(session.id, ChatPart())).items
    assert kept.text == text


LONGEST = "k" * CHAT_KEY_MAX


@pytest.mark.parametrize("key", [LONGEST + "k", "a:b", ""])
def test_keys_that_could_be_confused_are_refused(key: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"text": "one", "key": key}, SendChat)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"kind": "chat", "text": "one", "key": key}, CustomerSays)


async def test_the_longest_keys_are_distinct_to_their_last_character(work: Workplace) -> None:
    session, _ = await work.active("nora")
    keys = [LONGEST, LONGEST[:-1] + "j"]
    for key in keys:
        said = SendChat(text="one", key=key)
        await work.parts.chat.say(await work.caller("nora"), session.id, said)
        await work.parts.helping.said(session.id, CustomerSays(text="one", key=key))
    page = await work.parts.chat.read(await work.caller("nora"), session.id, 0)
    assert [message.key for message in page.items] == [keys[0], keys[0], keys[1], keys[1]]


async def write_as_customer(work: Workplace, session_id: str, *texts: str) -> None:
    for number, text in enumerate(texts):
        said = CustomerSays(text=text, key=f"{number}-{text[:20]}")
        await work.parts.helping.said(session_id, said)


@pytest.mark.parametrize(
    ("limit", "most", "fits", "too_much"),
    [
        ("CHAT_MESSAGES_MAX", 2, ["a", "b"], "c"),
        ("CHAT_BYTES_MAX", 7, ["€", "ab\n"], "€"),
        ("CHAT_BYTES_MAX", 7, ["😀", "€"], "a"),
        ("CHAT_LINES_MAX", 4, ["a\nb\nc", "d"], "e"),
        ("CHAT_LINES_MAX", 4, ["a\rb", "c"], "d\u2028e"),
    ],
)
async def test_a_side_that_has_written_as_much_as_it_may_is_refused_and_the_other_is_not(
    work: Workplace,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    most: int,
    fits: list[str],
    too_much: str,
) -> None:
    session, _ = await work.active("nora")
    other, _ = await work.active("nora")
    monkeypatch.setattr(chat_room, limit, most)
    await write_as_customer(work, session.id, *fits)
    for _ in range(2):
        with refused(ProblemWord.CHAT_FULL):
            await work.parts.helping.said(session.id, CustomerSays(text=too_much, key="more"))
    nora = await work.caller("nora")
    await work.parts.chat.say(nora, session.id, SendChat(text="I see", key="a"))
    await write_as_customer(work, other.id, "a")
    assert len((await work.parts.chat.read(nora, session.id)).items) == len(fits) + 1


async def test_a_technician_who_has_written_as_much_as_they_may_is_refused(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _ = await work.active("nora")
    nora = await work.caller("nora")
    monkeypatch.setattr(chat_room, "CHAT_MESSAGES_MAX", 1)
    first = await work.parts.chat.say(nora, session.id, SendChat(text="one", key="a"))
    with refused(ProblemWord.CHAT_FULL):
        await work.parts.chat.say(nora, session.id, SendChat(text="two", key="b"))
    # An answer that was lost on the way is not counted twice.
    assert await work.parts.chat.say(nora, session.id, SendChat(text="one", key="a")) == first
    await write_as_customer(work, session.id, "still here")


async def test_a_chat_is_read_in_pages_in_both_directions(work: Workplace) -> None:
    session, _ = await work.active("nora")
    other, _ = await work.active("nora")
    nora, chat = await work.caller("nora"), work.parts.chat
    for number in range(10):
        await write_as_customer(work, session.id, f"text {number}")
        await write_as_customer(work, other.id, f"other {number}")
    everything = (await chat.read(nora, session.id)).items
    numbers = [message.number for message in everything]
    assert [message.text for message in everything] == [f"text {number}" for number in range(10)]

    async def page(**asked: int) -> tuple[list[int], bool]:
        read = await chat.read(nora, session.id, **asked)
        return [numbers.index(message.number) for message in read.items], read.more

    assert await page(limit=3) == ([7, 8, 9], True)
    assert await page(before=numbers[7], limit=3) == ([4, 5, 6], True)
    assert await page(before=numbers[1], limit=3) == ([0], False)
    assert await page(before=numbers[3], limit=3) == ([0, 1, 2], False)
    assert await page(before=numbers[0]) == ([], False)
    assert await page(after=0, limit=3) == ([0, 1, 2], True)
    assert await page(after=numbers[2], limit=3) == ([3, 4, 5], True)
    assert await page(after=numbers[6], limit=3) == ([7, 8, 9], False)
    assert await page(after=numbers[9], limit=3) == ([], False)
    assert await page(after=numbers[5]) == ([6, 7, 8, 9], False)
    assert await page(after=numbers[1], before=2**53, limit=3) == ([7, 8, 9], True)


async def test_a_page_of_long_messages_ends_early_and_loses_none(work: Workplace) -> None:
    session, _ = await work.active("nora")
    nora, chat = await work.caller("nora"), work.parts.chat
    texts = [f"{number:02}" + "\U0001fae8" * (CHAT_MAX - 2) for number in range(40)]
    await write_as_customer(work, session.id, *texts)
    pages, before = [], 2**53
    while before:
        page = await chat.read(nora, session.id, before=before)
        size = sum(len(message.text.encode()) for message in page.items)
        assert size < CHAT_PAGE_BYTES + 4 * CHAT_MAX
        pages.append([message.text for message in page.items])
        before = page.items[0].number if page.more else 0
    assert len(pages) > 2
    assert [text for page in reversed(pages) for text in page] == texts
