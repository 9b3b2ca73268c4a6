"""Writes the program's sounds: run it again after changing a note below.

The sounds are made here from sine waves, so that they are ours and their sources are readable.
"""

import math
import struct
import wave
from pathlib import Path

RATE_HZ = 22_050
PEAK = 0.32
"""Of full scale: to be noticed at a desk, not to startle."""

Note = tuple[float, float, float]
"""Start in seconds, length in seconds, frequency in hertz."""

SOUNDS: dict[str, list[Note]] = {
    "waiting": [(0.0, 0.45, 659.26), (0.16, 0.55, 880.0)],
    "message": [(0.0, 0.30, 783.99)],
    "lost": [(0.0, 0.40, 440.0), (0.18, 0.50, 329.63)],
}


def samples(notes: list[Note]) -> list[float]:
    """Return the notes mixed, each a sine with one overtone that fades like a struck bell."""
    length_s = max(start + length for start, length, _ in notes)
    mixed = [0.0] * round(length_s * RATE_HZ)
    for start, length, frequency in notes:
        first = round(start * RATE_HZ)
        for index in range(round(length * RATE_HZ)):
            at_s = index / RATE_HZ
            fade = min(1.0, at_s / 0.008) * math.exp(-6.0 * at_s) * (1 - at_s / length)
            angle = 2 * math.pi * frequency * at_s
            mixed[first + index] += fade * (math.sin(angle) + 0.25 * math.sin(2 * angle))
    loudest = max(abs(value) for value in mixed)
    return [value / loudest * PEAK for value in mixed]


def write(path: Path, notes: list[Note]) -> None:
    """Write the notes as a 16-bit mono WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(
            b"".join(struct.pack("<h", round(value * 32_767)) for value in samples(notes))
        )


if __name__ == "__main__":
    for name, notes in SOUNDS.items():
        write(Path(__file__).with_name(f"{name}.wav"), notes)
