"""The queue's tests want the mail server and the office that the mail's tests have."""

from tests.server.mail.conftest import database, office, smtp, smtp_process

__all__ = ["database", "office", "smtp", "smtp_process"]
