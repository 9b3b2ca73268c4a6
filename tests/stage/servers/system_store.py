"""Installs an authority as systems do: a folder in which OpenSSL looks for it by its name."""

from pathlib import Path

from OpenSSL import crypto


def install_authority(authority: Path, folder: Path) -> Path:
    """Return a folder for ``SSL_CERT_DIR``, the place of the system's own folder, with *authority*.

    Source: the manual page openssl-rehash(1).
    """
    folder.mkdir()
    pem = authority.read_bytes()
    name = crypto.load_certificate(crypto.FILETYPE_PEM, pem).subject_name_hash()
    (folder / f"{name:08x}.0").write_bytes(pem)
    return folder
