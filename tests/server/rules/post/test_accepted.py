"""The file of mails that were taken and are not recorded yet."""

from pathlib import Path

from rescue_console.server.rules.post.accepted import FILE_NAME, AcceptedMails


def test_a_killed_server_finds_what_was_taken(tmp_path: Path) -> None:
    killed = AcceptedMails(tmp_path)
    killed.add("one")
    killed.add("two")
    assert AcceptedMails(tmp_path).read() == ["one", "two"]
    killed.close()


def test_what_is_recorded_is_forgotten_once_nothing_else_is_open(tmp_path: Path) -> None:
    accepted = AcceptedMails(tmp_path)
    accepted.add("one")
    accepted.add("two")
    accepted.forget(["one"])
    assert "two" in AcceptedMails(tmp_path).read()
    accepted.forget(["two"])
    assert AcceptedMails(tmp_path).read() == []
    accepted.add("three")
    assert AcceptedMails(tmp_path).read() == ["three"]
    accepted.close()


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    accepted = AcceptedMails(tmp_path)
    accepted.add("one")
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0
    accepted.close()


def test_a_folder_that_cannot_be_written_stops_no_mail(tmp_path: Path) -> None:
    accepted = AcceptedMails(tmp_path / "missing")
    accepted.add("one")
    accepted.forget(["one"])
    assert accepted.read() == []
    accepted.close()


def test_bytes_that_are_no_ids_are_read_without_an_error(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"one\n\xff\xfe\x00\ntw")
    assert AcceptedMails(tmp_path).read()[0] == "one"
