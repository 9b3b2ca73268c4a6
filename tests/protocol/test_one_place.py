"""What several rooms must know about statuses, consents and permissions is in one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import rescue_console
from rescue_console.protocol.choices import ConnectionMethod
from rescue_console.protocol.permissions import METHOD_PERMISSIONS, Permission
from rescue_console.protocol.powers import STANDING, Consent

ROOT = Path(rescue_console.__file__).parent
FILES = [
    path.relative_to(ROOT)
    for path in sorted(ROOT.rglob("*.py"))
    if path.relative_to(ROOT).parts[0] != "protocol" and not path.name.startswith("ui_")
]
ORDERS = {Path("desktop/session_list/order.py")}
"""Files that put the statuses into an order of their own, which is not a set of them."""


def _members(node: ast.expr, enum: str) -> int:
    """Return how many members of *enum* are listed in *node*."""
    if not isinstance(node, ast.Set | ast.Tuple | ast.List):
        return 0
    return sum(
        isinstance(element, ast.Attribute)
        and isinstance(element.value, ast.Name)
        and element.value.id == enum
        and element.attr.isupper()
        for element in node.elts
    )


def _listed(path: Path, enum: str) -> Iterator[int]:
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.expr) and _members(node, enum) > 1:
            yield node.lineno


@pytest.mark.parametrize("enum", ["SessionStatus", "Consent", "ConnectionMethod"])
def test_no_other_room_keeps_a_set_of_its_own(enum: str) -> None:
    found = {str(path): lines for path in FILES if (lines := [*_listed(path, enum)])}
    allowed = {str(path) for path in ORDERS}
    assert not found.keys() - allowed


def test_every_method_needs_a_permission_of_its_own() -> None:
    assert set(METHOD_PERMISSIONS) == set(ConnectionMethod)
    assert {method: permission.value for method, permission in METHOD_PERMISSIONS.items()} == {
        method: f"method_{method}" for method in ConnectionMethod
    }
    assert len(set(METHOD_PERMISSIONS.values()) & set(Permission)) == len(ConnectionMethod)


def test_a_consent_stands_until_the_customer_says_no() -> None:
    assert {Consent.ASKED, Consent.GRANTED} == STANDING
