"""Limits that all programs share, so that a form can refuse what the server would refuse."""

NAME_MAX = 200
"""Characters in a customer's, technician's, group's or organization's name."""

CHAT_MAX = 4_000
"""Characters in one chat message."""

CHAT_KEY_MAX = 40
"""Characters in the key that the sender of a chat message chooses."""

CHAT_MESSAGES_MAX = 5_000
"""Chat messages that each of the two sides may write in one session."""

CHAT_BYTES_MAX = 4_000_000
"""Bytes in all chat messages of one side of a session, as UTF-8."""

CHAT_LINES_MAX = 50_000
"""Lines in all chat messages of one side of a session."""

CHAT_PAGE_SIZE = 100
"""Chat messages that a console or a page reads at once."""

CHAT_PAGE_BYTES = 256_000
"""Bytes of text after which a page of chat messages ends, unless it would be empty."""

CHAT_SHOWN_MAX = 300
"""Chat messages that are on a screen at once; the others are read when they are wanted."""

FOLD_LINES = 20
FOLD_CHARACTERS = 1_500
"""A chat message is shown up to this many lines and characters, and whole when it is wanted."""

NOTES_MAX = 20_000
"""Characters in a session's notes."""

SIGNAL_MAX = 32_768
"""Characters in one signal's body; WebRTC descriptions are the longest."""

LINK_MAX = 2_000
"""Characters in a link within a message; a longer one is shown as plain text."""

FILES_SENT_MAX = 3
"""Files that one side sends at the same time; others wait."""

FILES_OFFERED_MAX = 16
"""Files that one side may have on offer at the same time; more are refused."""

COMMENT_MAX = 1_000
"""Characters in the comment that goes with a transfer."""

PASSWORD_MIN = 12
PASSWORD_MAX = 1_000
"""Characters in a password; the upper bound only keeps hashing cheap."""

ADDRESS_MAX = 254
"""Characters in an e-mail address. Source: RFC 5321 section 4.5.3.1.3 less the angle brackets."""

IDEMPOTENCY_KEY_MAX = 128
REQUEST_BODY_MAX = 262_144
"""Bytes in a request's body."""

PAGE_SIZE = 100
PAGE_SIZE_MAX = 1_000
"""Rows in one page of a collection."""

RECONNECT_MINUTES = 5
"""How many minutes a lost customer is *Reconnecting* before *Offline*."""

ON_HOLD_DAYS = 14
"""How many days a session may be on hold."""

MAILTO_MAX = 2_000
"""Characters of a ``mailto:`` URL that the usual mail clients and systems still accept.

Source: Windows' ShellExecute stops at INTERNET_MAX_URL_LENGTH, 2 083 characters."""

COMPUTER_MAX = 64
"""The most characters of a computer's name; a longer one is cut."""
