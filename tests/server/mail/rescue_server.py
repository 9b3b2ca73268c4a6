"""The real server as a process on one data folder, which can be killed and started again."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import requests

_COMMAND = [sys.executable, "-m", "rescue_console.server"]
_OWNER = {"email": "tom@help.example", "password": "long enough to be a password"}
TIMEOUT_S = 30.0


class RescueServer:
    """A server with an owner who is signed in. Its port stays the same across starts."""

    def __init__(self, data: Path, smtp_url: str) -> None:
        self._data = data
        self._smtp_url = smtp_url
        self._port = "0"
        arguments = ["--email", _OWNER["email"], "--name", "Tom Baker", "--password-stdin"]
        subprocess.run(
            [*_COMMAND, "create-owner", "--data", str(data), *arguments],
            input=_OWNER["password"],
            text=True,
            check=True,
        )
        self.start()
        answer = requests.post(f"{self._url}/auth/token", json=_OWNER, timeout=TIMEOUT_S)
        self._headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def start(self) -> None:
        """Start the process and wait until it accepts requests."""
        options = ["--data", str(self._data), "--port", self._port, "--smtp-url", self._smtp_url]
        self._process = subprocess.Popen(
            [*_COMMAND, *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        ready = self._process.stdout.readline().removeprefix("Ready: ").strip()
        self._port = ready.rpartition(":")[2]
        self._url = f"{ready}/api/v1"

    def kill(self) -> None:
        """Kill the process as ``kill -9`` does."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def make_session(self) -> str:
        """Create a session for an e-mail; return its id."""
        session_id: str = self._post("sessions", {"method": "email"})["id"]
        return session_id

    def send(self, session_id: str, recipient: str, key: str) -> dict[str, Any]:
        """Hand an e-mail to the mail API; return the accepted e-mail.

        Raises:
            requests.ConnectionError: the server died before it answered.
        """
        return self._post(f"sessions/{session_id}/emails", {"to": recipient}, key)

    def emails(self, session_id: str) -> list[dict[str, Any]]:
        """Return a session's e-mails."""
        answer = requests.get(
            f"{self._url}/sessions/{session_id}/emails", headers=self._headers, timeout=TIMEOUT_S
        )
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    def _post(self, path: str, body: dict[str, str], key: str = "") -> dict[str, Any]:
        headers = self._headers | ({"Idempotency-Key": key} if key else {})
        answer = requests.post(f"{self._url}/{path}", json=body, headers=headers, timeout=TIMEOUT_S)
        answer.raise_for_status()
        accepted: dict[str, Any] = answer.json()
        return accepted
