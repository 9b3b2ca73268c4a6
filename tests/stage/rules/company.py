"""The organization for tests of the rules: four groups and six technicians, all signed in.

    Example Help   Olivia (owner)
    ├── North      Adam (administrator), Nora
    │   └── Night  Nils
    └── South      Sara, Sam

It is made once for each database engine and copied for each test.
"""

from dataclasses import dataclass, field

from argon2 import PasswordHasher

from rescue_console.protocol.answers import TokenPair
from rescue_console.protocol.choices import Language
from rescue_console.protocol.requests import CreateGroup
from rescue_console.server.parts import Parts
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.organization.owner import create_owner
from rescue_console.server.rules.organization.technicians import insert_technician

ADDRESS = "192.0.2.7"
PASSWORD = "seven violet umbrellas dancing"
_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Makes hashes that are quick to check, for everybody but the owner, whom the real code makes."""

_OWNER = "olivia"
_GROUPS = (("North", "Example Help"), ("Night", "North"), ("South", "Example Help"))
_TECHNICIANS = {"adam": "North", "nora": "North", "nils": "Night", "sara": "South", "sam": "South"}


@dataclass
class Company:
    """What tests need to know: ids of groups by name, and tokens by technicians' first names."""

    groups: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, TokenPair] = field(default_factory=dict)


def email_of(name: str) -> str:
    """Return the e-mail address that *name* signs in with."""
    return f"{name}@help.example"


async def found(parts: Parts) -> Company:
    """Make the organization in an empty database."""
    await create_owner(
        parts.database,
        parts.clock,
        email=email_of(_OWNER),
        name="Olivia",
        password=PASSWORD,
        organization_name="Example Help",
        language=Language("en"),
    )
    made = Company()
    made.tokens[_OWNER] = await parts.sign_ins.sign_in(email_of(_OWNER), PASSWORD, ADDRESS)
    owner = await _owner(parts, made)
    made.groups[owner.group_name] = owner.group_id
    for name, parent in _GROUPS:
        request = CreateGroup(name=name, parent_id=made.groups[parent])
        made.groups[name] = (await parts.groups.create(owner, request)).id
        owner = await _owner(parts, made)
    for name, group in _TECHNICIANS.items():
        await _hire(parts, name, made.groups[group])
        made.tokens[name] = await parts.sign_ins.sign_in(email_of(name), PASSWORD, ADDRESS)
    return made


async def _owner(parts: Parts, made: Company) -> Caller:
    """Return the owner, with the groups that they can see now."""
    return (await parts.sign_ins.caller(made.tokens[_OWNER].access_token))[0]


async def _hire(parts: Parts, name: str, group_id: str) -> None:
    async with parts.database.write() as connection:
        await insert_technician(
            connection,
            parts.clock,
            email=email_of(name),
            name=name.title(),
            password_hash=_QUICK.hash(PASSWORD),
            group_id=group_id,
            administrator=name == "adam",
            mobile_module=False,
        )
