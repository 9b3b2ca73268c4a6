"""The throw-away certificates stand the strict verification that newer Pythons do by default."""

import ssl
from pathlib import Path

from tests.stage.servers.certificates import make_certificates


def test_a_throw_away_certificate_is_verified_strictly(tmp_path: Path) -> None:
    made = make_certificates(tmp_path)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(made.server)
    trusting = ssl.create_default_context(cafile=str(made.authority))
    trusting.verify_flags |= ssl.VERIFY_X509_STRICT
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusting.wrap_bio(to_client, to_server, server_hostname="127.0.0.1")
    server = serving.wrap_bio(to_server, to_client, server_side=True)

    waiting = [client, server]
    while waiting:
        side = waiting.pop(0)
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            waiting.append(side)

    assert client.getpeercert()
