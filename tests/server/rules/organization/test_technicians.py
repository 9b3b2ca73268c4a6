"""Accounts: who may change them, and what can never happen to them."""

import asyncio
from typing import Any

import pytest

from rescue_console.protocol.answers import Technician
from rescue_console.protocol.domain_names import fold_address
from rescue_console.protocol.permissions import Permission
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import (
    ChangeGroup,
    ChangeTechnician,
    CreateTechnician,
)
from rescue_console.server.parts import Parts
from rescue_console.server.refusals import Refusal
from tests.stage.rules.company import ADDRESS, PASSWORD, email_of
from tests.stage.rules.refused import refused
from tests.stage.rules.workplace import Workplace

STRONG = "nine purple ladders singing"


async def hire(work: Workplace, who: str, group: str, **facts: Any) -> Technician:
    request = CreateTechnician(
        **({"email": "new@help.example", "name": "New", "password": STRONG} | facts),
        group_id=work.groups[group],
    )
    return await work.parts.technicians.create(await work.caller(who), request)


async def change(work: Workplace, who: str, whom: str, **changes: Any) -> Technician:
    whom_id = (await work.caller(whom)).technician_id
    request = ChangeTechnician(**changes)
    return await work.parts.technicians.change(await work.caller(who), whom_id, request)


async def test_a_new_technician_can_sign_in(work: Workplace) -> None:
    made = await hire(work, "adam", "Night", name="  Zoé ")
    assert (made.name, made.enabled, made.group_id) == ("Zoé", True, work.groups["Night"])
    pair = await work.parts.sign_ins.sign_in("NEW@help.example", STRONG, ADDRESS)
    caller, _ = await work.parts.sign_ins.caller(pair.access_token)
    assert (caller.name, caller.group_name) == ("Zoé", "Night")


@pytest.mark.parametrize("email", ["nora@help.example", " NORA@Help.Example "])
async def test_an_address_belongs_to_one_technician_whatever_its_case(
    work: Workplace, email: str
) -> None:
    with refused(ProblemWord.ALREADY_EXISTS):
        await hire(work, "olivia", "South", email=email)
    with refused(ProblemWord.ALREADY_EXISTS):
        await change(work, "olivia", "sara", email=email)


async def test_two_domains_that_were_once_taken_for_one_are_two_accounts(work: Workplace) -> None:
    await hire(work, "olivia", "South", email="anna@strasse.example", name="First")
    await hire(work, "olivia", "South", email="anna@straße.example", name="Second")
    for email, name in (
        ("anna@strasse.example", "First"),
        ("Anna@STRAẞE.example", "Second"),
        ("anna@xn--strae-oqa.example", "Second"),
    ):
        pair = await work.parts.sign_ins.sign_in(email, STRONG, ADDRESS)
        caller, _ = await work.parts.sign_ins.caller(pair.access_token)
        assert caller.name == name
    with refused(ProblemWord.ALREADY_EXISTS):
        await hire(work, "olivia", "South", email="anna@xn--strae-oqa.example")


async def test_an_address_in_use_is_reported_as_such_whatever_words_it_contains(
    work: Workplace,
) -> None:
    busy = "busy.locked@disk-full.example"
    await hire(work, "olivia", "South", email=busy)
    with refused(ProblemWord.ALREADY_EXISTS):
        await hire(work, "olivia", "South", email=busy)


async def test_of_two_accounts_with_one_address_at_once_one_is_made(
    work: Workplace, other_node: Parts
) -> None:
    owner = await work.caller("olivia")
    request = CreateTechnician(
        email="new@help.example", name="New", password=STRONG, group_id=owner.group_id
    )
    answers = await asyncio.gather(
        work.parts.technicians.create(owner, request),
        other_node.technicians.create(owner, request),
        return_exceptions=True,
    )
    [refusal] = [answer for answer in answers if isinstance(answer, Refusal)]
    assert refusal.word == ProblemWord.ALREADY_EXISTS


async def test_an_address_that_grows_in_ascii_is_refused_not_broken(work: Workplace) -> None:
    label = "ß" * 30
    email = f"{'a' * 64}@" + ".".join([label] * 6) + ".de"
    assert len(email) <= 254 < len(fold_address(email))
    with refused(ProblemWord.INVALID):
        await hire(work, "olivia", "South", email=email)


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"email": "nobody"}, "email"),
        ({"name": " \u202e "}, "name"),
        ({"password": "password1234"}, "password"),
        ({"password": "new@help.example"}, "password"),
    ],
    ids=str,
)
async def test_bad_facts_are_refused_with_their_place(
    work: Workplace, facts: dict[str, str], where: str
) -> None:
    with refused(ProblemWord.INVALID) as caught:
        await hire(work, "olivia", "South", **facts)
    assert caught.problem.errors[0].where == where


async def test_an_administrator_administers_the_technicians_of_their_own_groups(
    work: Workplace,
) -> None:
    adam = await work.caller("adam")
    page = await work.parts.technicians.page(adam, None, 100)
    assert [person.name for person in page.items] == ["Adam", "Nils", "Nora"]
    with refused(ProblemWord.NOT_FOUND):
        await change(work, "adam", "sara", name="Mine")
    with refused(ProblemWord.INVALID):
        await change(work, "adam", "nora", group_id=work.groups["South"])
    with refused(ProblemWord.INVALID):
        await hire(work, "adam", "Example Help")


async def test_a_technician_administers_nobody(work: Workplace) -> None:
    nora, technicians = await work.caller("nora"), work.parts.technicians
    request = CreateTechnician(
        email="new@help.example", name="New", password=STRONG, group_id=nora.group_id
    )
    for asked in (
        technicians.page(nora, None, 10),
        technicians.read(nora, nora.technician_id),
        technicians.create(nora, request),
        technicians.change(nora, nora.technician_id, ChangeTechnician(administrator=True)),
        technicians.disable(nora, nora.technician_id),
    ):
        with refused(ProblemWord.NOT_ALLOWED):
            await asked


async def test_nobody_gives_a_mobile_module_that_they_do_not_have(work: Workplace) -> None:
    await work.set_group("North", permissions={"mobile_module": False})
    for whom in ("nora", "adam"):
        with refused(ProblemWord.PERMISSION_MISSING) as caught:
            await change(work, "adam", whom, mobile_module=True)
        assert caught.problem.permission == Permission.MOBILE_MODULE
    with refused(ProblemWord.PERMISSION_MISSING):
        await hire(work, "adam", "Night", mobile_module=True)
    assert (await change(work, "olivia", "nora", mobile_module=True)).mobile_module
    assert Permission.MOBILE_MODULE in (await work.caller("nora")).permissions


@pytest.mark.parametrize(
    "changes", [{"enabled": False}, {"administrator": False}, {"group_id": "South"}], ids=str
)
async def test_the_last_administrator_of_the_topmost_group_stays(
    work: Workplace, changes: dict[str, Any]
) -> None:
    if "group_id" in changes:
        changes = {"group_id": work.groups["South"]}
    with refused(ProblemWord.IN_USE):
        await change(work, "olivia", "olivia", **changes)
    owner = await work.caller("olivia")
    assert (owner.administrator, owner.group_name) == (True, "Example Help")


async def test_two_owners_who_disable_each_other_at_once_do_not_both_succeed(
    work: Workplace, other_node: Parts
) -> None:
    await change(work, "olivia", "sam", administrator=True, group_id=work.groups["Example Help"])
    olivia, sam = await work.caller("olivia"), await work.caller("sam")
    answers = await asyncio.gather(
        work.parts.technicians.disable(olivia, sam.technician_id),
        other_node.technicians.disable(sam, olivia.technician_id),
        return_exceptions=True,
    )
    [refusal] = [answer for answer in answers if isinstance(answer, Refusal)]
    assert refusal.word == ProblemWord.IN_USE


@pytest.mark.parametrize("changes", [{"enabled": False}, {"password": STRONG}], ids=str)
async def test_a_disabled_technician_or_a_new_password_ends_sign_ins_at_once(
    work: Workplace, changes: dict[str, Any]
) -> None:
    await change(work, "adam", "nora", **changes)
    with refused(ProblemWord.NOT_SIGNED_IN):
        await work.caller("nora")
    with refused(ProblemWord.WRONG_CREDENTIALS):
        await work.parts.sign_ins.sign_in(email_of("nora"), PASSWORD, ADDRESS)


async def test_a_technician_who_is_changed_is_told(work: Workplace) -> None:
    nora = (await work.caller("nora")).technician_id
    number = await work.event_number()
    await change(work, "adam", "nora", group_id=work.groups["Night"])
    [event] = await work.events_after(number)
    assert (event.kind, event.technician_ids) == ("me.changed", frozenset({nora}))


async def test_pages_of_technicians_hold_each_once_by_name(work: Workplace) -> None:
    owner, found, after = await work.caller("olivia"), [], None
    while True:
        page = await work.parts.technicians.page(owner, after, 2)
        found += [person.name for person in page.items]
        if page.next is None:
            break
        after = page.next
    assert found == ["Adam", "Nils", "Nora", "Olivia", "Sam", "Sara"]
    with refused(ProblemWord.INVALID):
        await work.parts.technicians.page(owner, "nobody\0", 2)


async def test_a_session_can_go_to_any_colleague_who_is_not_disabled(work: Workplace) -> None:
    await change(work, "olivia", "sam", enabled=False)
    colleagues = await work.parts.technicians.colleagues(await work.caller("nora"))
    assert [person.name for person in colleagues.technicians] == ["Adam", "Nils", "Olivia", "Sara"]
    assert [group.name for group in colleagues.groups] == [
        "Example Help",
        "North",
        "Night",
        "South",
    ]


async def test_a_permission_taken_away_holds_for_the_next_request(work: Workplace) -> None:
    owner = await work.caller("olivia")
    request = ChangeGroup(permissions={Permission.METHOD_LINK: False})
    await work.parts.groups.change(owner, work.groups["North"], request)
    with refused(ProblemWord.PERMISSION_MISSING):
        await work.create("nora")
