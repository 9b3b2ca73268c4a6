"""The exceptions that decoding raises for content that is not a message.

Code that decodes what others sent catches all of them. Besides its own errors, msgspec passes on
the interpreter's: for text that is not UTF-8 (in MessagePack), and for skipped fields that are
nested deeper than the stack.
"""

import msgspec

UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
