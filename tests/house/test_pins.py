"""Every machine can install the pins without a compiler, and gets only the intended files."""

import pytest
from packaging.requirements import Requirement

from deploy.pins import MACHINES, Pin, locked, read_pins, without_wheel
from tests.stage.checkout import ROOT

DEBIAN_12, DEBIAN_13, DEBIAN_12_ON_ARM, DEBIAN_13_ON_ARM = MACHINES

LOCK = {
    "packages": [
        {
            "name": "ring",
            "version": "2.1",
            "marker": "sys_platform == 'linux'",
            "wheels": [
                {
                    "url": f"https://pins.example/ring-2.1-{tag}.whl",
                    "hashes": {"sha256": digest},
                }
                for tag, digest in (
                    ("cp311-abi3-manylinux_2_28_x86_64", "bb"),
                    ("cp311-abi3-win_amd64", "aa"),
                    ("cp311-abi3-musllinux_1_2_x86_64", "cc"),
                )
            ],
        }
    ]
}


def pin(requirement: str, *wheels: str) -> Pin:
    return Pin(Requirement(requirement), ("aa",), wheels)


@pytest.fixture(scope="module")
def pins() -> list[Pin]:
    """The pins of this checkout."""
    return read_pins((ROOT / "requirements.txt").read_text(encoding="utf-8"))


def test_every_pinned_package_has_a_wheel_on_every_debian(pins: list[Pin]) -> None:
    assert not list(without_wheel(pins))


def test_every_pinned_package_has_digests(pins: list[Pin]) -> None:
    assert len(pins) > 100
    assert all(pin.digests for pin in pins)


@pytest.mark.parametrize(
    "wheels",
    [
        (),
        ("cp312-cp312-manylinux_2_28_x86_64",),
        ("cp311-cp311-manylinux_2_39_x86_64",),
        ("cp311-cp311-manylinux_2_28_aarch64",),
    ],
)
def test_a_package_that_a_machine_would_have_to_compile_is_reported(
    wheels: tuple[str, ...],
) -> None:
    (found,) = without_wheel([pin("ring==2.1", *wheels)], [DEBIAN_12])

    assert found == "ring 2.1 has no wheel for Debian 12"


@pytest.mark.parametrize(
    "wheel",
    [
        "py3-none-any",
        "py2.py3-none-any",
        "cp310-abi3-manylinux_2_28_x86_64",
        "cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64",
    ],
)
def test_a_wheel_that_the_machine_can_install_is_enough(wheel: str) -> None:
    assert not list(without_wheel([pin("ring==2.1", wheel)], [DEBIAN_12]))


def test_a_package_that_a_machine_does_not_install_needs_no_wheel() -> None:
    for_others = [
        pin("ring==2.1 ; sys_platform == 'win32'"),
        pin("bell==1 ; python_version < '3.12'"),
    ]

    assert not list(without_wheel(for_others, [DEBIAN_13]))


def test_a_lock_file_becomes_pins_without_its_addresses() -> None:
    (ring,) = locked(LOCK, {"server": LOCK, "desktop": {"packages": []}, "applet": LOCK})

    assert list(ring.lines()) == [
        'ring==2.1; sys_platform == "linux" \\\n    --hash=sha256:aa \\\n'
        "    --hash=sha256:bb \\\n    --hash=sha256:cc",
        "    # for: applet server",
        "    # wheels: cp311-abi3-manylinux_2_28_x86_64",
    ]


def test_pins_are_read_as_they_were_written() -> None:
    written = [*locked(LOCK, {"server": LOCK}), pin("bell==1", "py3-none-any")]

    assert read_pins("\n".join(line for each in written for line in each.lines())) == written
