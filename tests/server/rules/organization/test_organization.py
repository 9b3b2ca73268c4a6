"""The organization's name and language, and who may change them."""

from rescue_console.protocol.choices import Language
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import ChangeOrganization
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace


async def test_only_an_administrator_of_the_topmost_group_changes_the_organization(
    work: Workplace,
) -> None:
    for name in ("nora", "adam"):
        with refused(ProblemWord.NOT_ALLOWED):
            await work.parts.organization.change(
                await work.caller(name), ChangeOrganization(name="North Ltd")
            )
    changed = await work.parts.organization.change(
        await work.caller("olivia"),
        ChangeOrganization(name=" Aide\n& Cie ", language=Language("fr")),
    )
    assert (changed.name, changed.language) == ("Aide & Cie", Language("fr"))
    assert await work.parts.organization.read() == changed


async def test_the_organizations_language_must_be_one_with_texts(work: Workplace) -> None:
    with refused(ProblemWord.INVALID) as caught:
        await work.parts.organization.change(
            await work.caller("olivia"), ChangeOrganization(language=Language("de"))
        )
    assert [error.where for error in caught.problem.errors] == ["language"]
