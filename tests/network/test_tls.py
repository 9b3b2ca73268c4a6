"""The issuers that are trusted, wherever a system keeps them."""

import ssl
from pathlib import Path
from types import SimpleNamespace

import pytest

from rescue_console.network import tls
from rescue_console.network.tls import tls_context
from tests.stage.servers.certificates import make_certificates


def trusted(context: ssl.SSLContext) -> list[object]:
    return [issuer["subject"] for issuer in context.get_ca_certs()]


AUTHORITY = ((("commonName", "Test authority"),),)


def test_the_issuers_of_a_system_that_keeps_them_elsewhere_are_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = make_certificates(tmp_path).authority
    nowhere = SimpleNamespace(cafile=None, capath=None)
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: nowhere)
    monkeypatch.setattr(tls, "_SYSTEM_BUNDLES", ("/no/such/file", str(bundle), "/nor/this"))
    assert AUTHORITY in trusted(tls_context())


def test_where_python_finds_issuers_no_others_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = make_certificates(tmp_path).authority
    found = SimpleNamespace(cafile="/a", capath=None)
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: found)
    monkeypatch.setattr(tls, "_SYSTEM_BUNDLES", (str(bundle),))
    assert AUTHORITY not in trusted(tls_context())
