"""What happens because time has passed: limits, presence, attendance, old chats."""
