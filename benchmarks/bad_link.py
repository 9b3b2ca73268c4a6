"""A bad link between two networks: slow, lossy and narrow. Needs Linux and root.

``python -m benchmarks.bad_link PID ADDRESS PID ADDRESS`` puts a link called ``bad`` into the
networks of two processes, prints ``ready`` and passes packets on until its input ends, with the
same impairments in both directions. The packets are real. The kernel's ``netem`` does the same, but
many virtual machines' kernels lack it.
"""

import asyncio
import os
import random
import struct
import subprocess
import sys
from collections import deque

from tests.stage.networks.namespace import enter

DELAY_S = 0.05
LOST = 0.02
BYTES_PER_S = 4_000_000 / 8
QUEUE_S = 0.4
"""How many seconds a packet may wait for the narrow link; beyond that it is dropped."""

MTU = 1400
_ATTACH = 0x400454CA
"""TUNSETIFF, IFF_TUN and IFF_NO_PI of linux/if_tun.h."""
_PLAIN_PACKETS = 0x0001 | 0x1000


def open_end(pid: int, address: str) -> int:
    """Return an end of the link, in the network of process *pid*."""
    if sys.platform != "linux":
        raise OSError("only Linux has such links")
    import fcntl  # Not every system has this module.

    enter(pid)
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, _ATTACH, struct.pack("16sH22x", b"bad", _PLAIN_PACKETS))
    for command in (f"ip address add {address}/24 dev bad", f"ip link set bad mtu {MTU} up"):
        subprocess.run(command.split(), check=True)
    return end


class Direction:
    """Passes packets from one end to the other, with the link's impairments."""

    def __init__(self, loop: asyncio.AbstractEventLoop, source: int, goal: int) -> None:
        self._loop = loop
        self._source = source
        self._goal = goal
        self._free_at = 0.0
        self._flying: deque[bytes] = deque()
        self._chance = random.Random(7)
        loop.add_reader(source, self._take)

    def _take(self) -> None:
        packet = os.read(self._source, MTU + 100)
        now = self._loop.time()
        begins = max(now, self._free_at)
        if begins - now > QUEUE_S or self._chance.random() < LOST:
            return
        self._free_at = begins + len(packet) / BYTES_PER_S
        self._flying.append(packet)
        self._loop.call_at(self._free_at + DELAY_S, self._arrive)

    def _arrive(self) -> None:
        os.write(self._goal, self._flying.popleft())


async def _pass_on(ends: list[int]) -> None:
    loop = asyncio.get_running_loop()
    directions = [Direction(loop, *ends), Direction(loop, *reversed(ends))]
    print("ready", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    del directions


def main(words: list[str]) -> None:
    ends = [open_end(int(words[0]), words[1]), open_end(int(words[2]), words[3])]
    asyncio.run(_pass_on(ends))


if __name__ == "__main__":
    main(sys.argv[1:])
