"""Chat messages for tests, which give only the values that matter."""

from rescue_console.protocol.answers import ChatMessage
from tests.stage.technicians.fake_calls import NOW


def message(number: int, key: str = "", technician_id: str | None = None) -> ChatMessage:
    """Return the message with that number."""
    return ChatMessage(
        number=number,
        session_id="s1",
        at=NOW,
        name="N",
        text=f"text {number}",
        key=key or f"k{number}",
        technician_id=technician_id,
    )
