"""A sentence for each problem word, as an example of what its ``detail`` says."""

from collections.abc import Mapping

from rescue_console.protocol.problems import ProblemWord

PROBLEM_SENTENCES: Mapping[ProblemWord, str] = {
    ProblemWord.NOT_SIGNED_IN: "Sign in again: the access token is unknown or no longer valid.",
    ProblemWord.WRONG_CREDENTIALS: "The e-mail address or the password is wrong.",
    ProblemWord.TOO_MANY_ATTEMPTS: "Too many attempts. Wait 5 minutes, then try again.",
    ProblemWord.NOT_ALLOWED: "Only administrators may do this.",
    ProblemWord.PERMISSION_MISSING: "Your group may not transfer sessions.",
    ProblemWord.NOT_FOUND: "There is no such session, or you may not see it.",
    ProblemWord.METHOD_NOT_ALLOWED: "This address does not take this method.",
    ProblemWord.MALFORMED: "The body is not JSON.",
    ProblemWord.INVALID: "name: Expected `str`, got `int`",
    ProblemWord.TOO_LARGE: "The request is larger than the server accepts.",
    ProblemWord.UNSUPPORTED_MEDIA: "Send the body as application/json.",
    ProblemWord.STATUS_CONFLICT: "The session is closed by technician and cannot become active.",
    ProblemWord.TAKEN_BY: "Bob Stone has this session.",
    ProblemWord.HELPED_ELSEWHERE: "This session is helped from OFFICE-PC. Continue here?",
    ProblemWord.CHAT_FULL: "This chat is full. Start a new session to write more.",
    ProblemWord.ALREADY_EXISTS: "A technician with this e-mail address exists already.",
    ProblemWord.IN_USE: "The group still has technicians. Move them first.",
    ProblemWord.KEY_REUSED: "This Idempotency-Key was used for another request.",
    ProblemWord.MAIL_NOT_SET_UP: "The server cannot send e-mails. Ask your IT to set this up.",
    ProblemWord.TOO_MANY_MAILS: "You have sent 100 e-mails within an hour. Wait, then try again.",
    ProblemWord.NOT_AVAILABLE: "Bob Stone is away or busy.",
    ProblemWord.TOO_MANY_ACTIVE: "You have as many active sessions as your group allows.",
    ProblemWord.STORAGE_BUSY: "The database is busy. Try again in a moment.",
    ProblemWord.STORAGE_FULL: "The server’s disk is full. Tell your IT.",
    ProblemWord.CODES_EXHAUSTED: "No code is free. Close sessions that are no longer needed.",
    ProblemWord.INTERNAL: "Something unexpected went wrong on the server. Try again.",
}
