"""The tree of groups: inheritance, who may change what, and what is refused."""

import asyncio
from typing import Any

import msgspec
import pytest

from rescue_console.protocol.answers import Group
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import ChangeGroup, CreateGroup
from rescue_console.protocol.settings import GroupSettings, ResolvedSettings
from rescue_console.server.mail.languages import usual_template
from rescue_console.server.parts import Parts
from rescue_console.server.refusals import Refusal
from rescue_console.server.storage.tables import groups
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace


async def read(work: Workplace, name: str) -> Group:
    return await work.parts.groups.read(await work.caller("olivia"), work.groups[name])


async def change(work: Workplace, who: str, which: str, **changes: Any) -> Group:
    request = ChangeGroup(**changes)
    return await work.parts.groups.change(await work.caller(who), work.groups[which], request)


async def test_the_topmost_group_allows_everything_and_sets_the_defaults(work: Workplace) -> None:
    top = await read(work, "Example Help")
    assert set(top.effective_permissions) == set(Permission)
    usual = ResolvedSettings(
        mail_subject=usual_template("subject"), mail_text=usual_template("text")
    )
    assert top.effective_settings == usual
    assert top.parent_id is None


async def test_a_group_could_set_the_defaults(work: Workplace) -> None:
    defaults = msgspec.structs.asdict((await read(work, "North")).effective_settings)
    assert msgspec.structs.asdict(msgspec.convert(defaults, GroupSettings)) == defaults


async def test_the_nearest_group_that_says_yes_or_no_decides(work: Workplace) -> None:
    await change(work, "olivia", "Example Help", permissions={"method_pin": False})
    assert Permission.METHOD_PIN not in (await read(work, "Night")).effective_permissions
    await change(work, "olivia", "Night", permissions={"method_pin": True})
    assert Permission.METHOD_PIN in (await read(work, "Night")).effective_permissions
    assert Permission.METHOD_PIN not in (await read(work, "North")).effective_permissions
    await change(work, "olivia", "Night", permissions={"method_pin": None})
    night = await read(work, "Night")
    assert Permission.METHOD_PIN not in night.effective_permissions
    assert night.permissions == {}


async def test_settings_are_inherited_until_a_group_sets_its_own(work: Workplace) -> None:
    await change(work, "olivia", "North", settings={"idle_minutes": 5, "public_url": "https://n/"})
    night = await read(work, "Night")
    assert night.settings == GroupSettings()
    assert (night.effective_settings.idle_minutes, night.effective_settings.public_url) == (
        5,
        "https://n",
    )
    await change(work, "olivia", "Night", settings={"idle_minutes": 0})
    await change(work, "olivia", "North", settings={"idle_minutes": None})
    assert (await read(work, "Night")).effective_settings.idle_minutes == 0
    assert (await read(work, "North")).effective_settings.idle_minutes == 60


async def test_what_is_left_out_of_a_change_stays(work: Workplace) -> None:
    await change(work, "olivia", "North", settings={"idle_minutes": 5}, name=" Far\tNorth ")
    await change(work, "olivia", "North", settings={"waiting_minutes": 6})
    north = await read(work, "North")
    assert (north.name, north.settings.idle_minutes, north.settings.waiting_minutes) == (
        "Far North",
        5,
        6,
    )


async def test_an_administrator_administers_their_own_group_and_those_below(
    work: Workplace,
) -> None:
    adam = await work.caller("adam")
    listed = [group.name for group in (await work.parts.groups.all(adam)).items]
    assert listed == ["North", "Night"]
    with refused(ProblemWord.NOT_FOUND):
        await work.parts.groups.read(adam, work.groups["South"])
    with refused(ProblemWord.NOT_FOUND):
        await change(work, "adam", "Example Help", name="Mine")
    with refused(ProblemWord.INVALID):
        await work.parts.groups.create(
            adam, CreateGroup(name="New", parent_id=work.groups["South"])
        )
    assert (await change(work, "adam", "Night", name="Late")).name == "Late"


async def test_only_somebody_above_changes_an_administrators_own_group(work: Workplace) -> None:
    with refused(ProblemWord.NOT_ALLOWED):
        await change(work, "adam", "North", settings={"idle_minutes": 0})


async def test_a_technician_administers_nothing(work: Workplace) -> None:
    nora, groups = await work.caller("nora"), work.parts.groups
    for asked in (
        groups.all(nora),
        groups.read(nora, nora.group_id),
        groups.create(nora, CreateGroup(name="New", parent_id=nora.group_id)),
        groups.change(nora, nora.group_id, ChangeGroup(name="Mine")),
        groups.delete(nora, work.groups["Night"]),
    ):
        with refused(ProblemWord.NOT_ALLOWED):
            await asked


async def test_nobody_gives_away_more_than_they_have(work: Workplace) -> None:
    await change(work, "olivia", "North", permissions={"method_pin": False})
    with refused(ProblemWord.PERMISSION_MISSING) as caught:
        await change(work, "adam", "Night", permissions={"method_pin": True})
    assert caught.problem.permission == Permission.METHOD_PIN
    with refused(ProblemWord.PERMISSION_MISSING):
        await work.parts.groups.create(
            await work.caller("adam"),
            CreateGroup(
                name="New",
                parent_id=work.groups["Night"],
                permissions={Permission.METHOD_PIN: True},
            ),
        )
    await change(work, "adam", "Night", permissions={"method_pin": False, "method_link": True})
    assert Permission.METHOD_LINK in (await read(work, "Night")).effective_permissions


async def test_a_group_cannot_be_put_below_itself(work: Workplace) -> None:
    for name, parent in (("North", "North"), ("North", "Night"), ("Example Help", "South")):
        with refused(ProblemWord.INVALID) as caught:
            await change(work, "olivia", name, parent_id=work.groups[parent])
        assert caught.problem.errors[0].where == "parent_id"


async def test_two_moves_at_once_make_no_circle(work: Workplace, other_node: Parts) -> None:
    owner = await work.caller("olivia")
    north, south = work.groups["North"], work.groups["South"]
    answers = await asyncio.gather(
        work.parts.groups.change(owner, north, ChangeGroup(parent_id=south)),
        other_node.groups.change(owner, south, ChangeGroup(parent_id=north)),
        return_exceptions=True,
    )
    assert len([answer for answer in answers if isinstance(answer, Refusal)]) == 1
    listed = (await work.parts.groups.all(await work.caller("olivia"))).items
    assert len(listed) == 4


async def test_a_group_in_use_stays(work: Workplace) -> None:
    for name, reason in (
        ("Example Help", "other groups"),
        ("North", "other groups"),
        ("South", "technicians"),
    ):
        with refused(ProblemWord.IN_USE) as caught:
            await work.parts.groups.delete(await work.caller("olivia"), work.groups[name])
        assert reason in caught.problem.detail


async def test_an_empty_group_can_be_removed_and_is_gone(work: Workplace) -> None:
    owner = await work.caller("olivia")
    request = CreateGroup(name="Empty", parent_id=work.groups["North"])
    made = await work.parts.groups.create(owner, request)
    with refused(ProblemWord.NOT_FOUND):
        await work.parts.groups.delete(owner, made.id)  # made after this request began
    owner = await work.caller("olivia")
    await work.parts.groups.delete(owner, made.id)
    with refused(ProblemWord.NOT_FOUND):
        await work.parts.groups.read(owner, made.id)


FRENCH_TEXT = "Bonjour,\n{link}"
ENGLISH_TEXT = "Hello,\n{link}"


async def test_a_template_is_inherited_language_by_language(work: Workplace) -> None:
    await change(work, "olivia", "North", settings={"mail_text": {"fr": FRENCH_TEXT}})
    await change(work, "olivia", "Night", settings={"mail_text": {"en": ENGLISH_TEXT}})
    night = await read(work, "Night")
    assert night.settings.mail_text == {"en": ENGLISH_TEXT}
    assert night.effective_settings.mail_text == {"en": ENGLISH_TEXT, "fr": FRENCH_TEXT}


async def test_null_inherits_a_template_again_in_one_language_or_in_all(work: Workplace) -> None:
    both = {"en": ENGLISH_TEXT, "fr": FRENCH_TEXT}
    await change(work, "olivia", "North", settings={"mail_text": both})
    await change(work, "olivia", "North", settings={"mail_text": {"fr": None}})
    assert (await read(work, "North")).settings.mail_text == {"en": ENGLISH_TEXT}
    await change(work, "olivia", "North", settings={"mail_text": None})
    assert (await read(work, "North")).settings == GroupSettings()


async def test_settings_under_earlier_names_are_kept_and_returned_under_both_names(
    work: Workplace,
) -> None:
    await change(work, "olivia", "North", settings={"mail_text": {"en": ENGLISH_TEXT}})
    earlier = {"mail_text_fr": FRENCH_TEXT, "mail_subject_en": "Help"}
    await change(work, "olivia", "North", settings=earlier)
    north = (await read(work, "North")).settings
    assert north.mail_text == {"en": ENGLISH_TEXT, "fr": FRENCH_TEXT}
    assert north.mail_subject == {"en": "Help"}
    assert (north.mail_text_fr, north.mail_subject_en) == (FRENCH_TEXT, "Help")
    await change(work, "olivia", "North", settings={"mail_text_fr": None})
    assert (await read(work, "North")).settings.mail_text == {"en": ENGLISH_TEXT}


async def test_a_template_in_a_removed_language_is_kept_and_does_no_harm(
    work: Workplace,
) -> None:
    async with work.parts.database.write() as connection:
        old = {"mail_text": {"de": "Hallo\n{link}"}}
        own = groups.c.id == work.groups["North"]
        await connection.execute(groups.update().where(own).values(settings=old))
    await change(work, "olivia", "North", settings={"mail_text": {"fr": FRENCH_TEXT}})
    kept = (await read(work, "North")).settings.mail_text
    assert kept == {"de": "Hallo\n{link}", "fr": FRENCH_TEXT}


@pytest.mark.parametrize(
    ("setting", "value", "line", "column"),
    [
        ("mail_subject.en", "Hello {nmae}", 1, 7),
        ("mail_text.fr", "Bonjour {name},\n\n  {lien}\n{link}", 3, 3),
    ],
)
async def test_an_unknown_placeholder_is_refused_with_its_place(
    work: Workplace, setting: str, value: str, line: int, column: int
) -> None:
    name, _, code = setting.partition(".")
    with refused(ProblemWord.INVALID) as caught:
        await change(work, "olivia", "North", settings={name: {code: value}})
    [error] = caught.problem.errors
    assert (error.where, error.line, error.column) == (f"settings.{setting}", line, column)
    with refused(ProblemWord.INVALID):
        await work.parts.groups.create(
            await work.caller("olivia"),
            CreateGroup(
                name="New",
                parent_id=work.groups["North"],
                settings=msgspec.convert({name: {code: value}}, GroupSettings),
            ),
        )
    assert (await read(work, "North")).settings == GroupSettings()


@pytest.mark.parametrize(
    ("settings", "where"),
    [
        ({"no_such_setting": 1}, "settings.no_such_setting"),
        ({"idle_minutes": -1}, "settings.idle_minutes"),
        ({"idle_minutes": 1_000}, "settings.idle_minutes"),
        ({"idle_minutes": "5"}, "settings.idle_minutes"),
        ({"max_active_sessions": 0}, "settings.max_active_sessions"),
        ({"mail_subject": {"en": ""}}, "settings.mail_subject"),
        ({"mail_subject_en": ""}, "settings.mail_subject"),
        ({"mail_subject_en": 5}, "settings.mail_subject"),
        ({"mail_subject": "Help"}, "settings.mail_subject"),
        ({"mail_subject": {"de": "Hilfe"}}, "settings.mail_subject.de"),
        ({"sender_address": "ada at example.org"}, "settings.sender_address"),
        ({"public_url": "javascript:alert(1)"}, "settings.public_url"),
        ({"public_url": "https://help.example/path"}, "settings.public_url"),
        ({"public_url": "https://help.example\r\nX: y"}, "settings.public_url"),
    ],
    ids=str,
)
async def test_a_value_out_of_bounds_is_refused_with_its_place(
    work: Workplace, settings: dict[str, object], where: str
) -> None:
    with refused(ProblemWord.INVALID) as caught:
        await change(work, "olivia", "North", settings=settings)
    assert caught.problem.errors[0].where == where


async def test_addresses_are_kept_without_spaces_around_or_a_trailing_slash(
    work: Workplace,
) -> None:
    settings = {
        "sender_address": " Help desk <help@example.org> ",
        "public_url": "https://help.example/",
    }
    await change(work, "olivia", "North", settings=settings)
    kept = (await read(work, "North")).settings
    assert (kept.sender_address, kept.public_url) == ("help@example.org", "https://help.example")


async def test_a_groups_public_url_is_where_its_links_lead(work: Workplace) -> None:
    await change(work, "olivia", "North", settings={"public_url": "https://north.example"})
    assert (await work.create("nils")).link.startswith("https://north.example/Customer/")
    assert (await work.create("sara")).link.startswith("https://help.example/Customer/")


async def test_technicians_in_a_changed_group_and_below_are_told(work: Workplace) -> None:
    number = await work.event_number()
    await change(work, "olivia", "North", permissions={"method_pin": False})
    [event] = await work.events_after(number)
    assert (event.kind, event.group_id) == ("me.changed", work.groups["North"])
    assert event.group_id in (await work.caller("nils")).path
    assert event.group_id not in (await work.caller("sara")).path


async def test_a_refused_change_changes_and_tells_nothing(work: Workplace) -> None:
    number = await work.event_number()
    with refused(ProblemWord.INVALID):
        await change(work, "olivia", "North", name="New", settings={"idle_minutes": -1})
    assert (await read(work, "North")).name == "North"
    assert await work.event_number() == number


async def test_a_group_needs_a_name(work: Workplace) -> None:
    for name in ("", " \u200b ", "x" * 201):
        with refused(ProblemWord.INVALID) as caught:
            await change(work, "olivia", "North", name=name)
        assert caught.problem.errors[0].where == "name"
