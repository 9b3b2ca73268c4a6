"""What a decoder raises for content that is no message; who decodes what others sent catches it.

Besides its own errors, msgspec lets through the interpreter's for text that is not UTF-8 (in
MessagePack) and for fields that it skips, nested deeper than the stack.
"""

import msgspec

UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
