"""Routes for the organization, its technician groups and its technicians."""

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody

from rescue_console.protocol.answers import (
    Group,
    GroupPage,
    Organization,
    Technician,
    TechnicianPage,
)
from rescue_console.protocol.limits import PAGE_SIZE
from rescue_console.protocol.problems import ProblemWord
from rescue_console.protocol.requests import (
    ChangeGroup,
    ChangeOrganization,
    ChangeTechnician,
    CreateGroup,
    CreateTechnician,
)
from rescue_console.server.routes.access import SIGNED_IN
from rescue_console.server.routes.parameters import After, Id, Limit
from rescue_console.server.routes.problem_answers import documented
from rescue_console.server.rules.access.caller import Caller
from rescue_console.server.rules.organization.groups import Groups
from rescue_console.server.rules.organization.organization import OrganizationProfile
from rescue_console.server.rules.organization.technicians import Technicians

_CHANGE = documented(400, 401, ProblemWord.NOT_ALLOWED, 404, 413, 415)
_ACCOUNT = documented(
    400,
    401,
    ProblemWord.NOT_ALLOWED,
    404,
    413,
    415,
    429,
    ProblemWord.ALREADY_EXISTS,
    ProblemWord.IN_USE,
)


@get("/organization", summary="Read the organization", responses=documented(401))
async def read_organization(
    organization: NamedDependency[OrganizationProfile], caller: NamedDependency[Caller]
) -> Organization:
    """Return the organization that runs this server."""
    return await organization.read()


@patch("/organization", summary="Change the organization", responses=_CHANGE)
async def change_organization(
    data: JSONBody[ChangeOrganization],
    caller: NamedDependency[Caller],
    organization: NamedDependency[OrganizationProfile],
) -> Organization:
    """Change the organization's name or default language."""
    return await organization.change(caller, data)


@get("/groups", summary="List groups", responses=documented(401, ProblemWord.NOT_ALLOWED))
async def list_groups(
    caller: NamedDependency[Caller], groups: NamedDependency[Groups]
) -> GroupPage:
    """List the caller's own group and the groups below it."""
    return await groups.all(caller)


@post("/groups", summary="Create a group", responses=_CHANGE)
async def create_group(
    data: JSONBody[CreateGroup], caller: NamedDependency[Caller], groups: NamedDependency[Groups]
) -> Group:
    """Create a group below another one."""
    return await groups.create(caller, data)


@get(
    "/groups/{group_id:str}",
    summary="Read a group",
    responses=documented(400, 401, ProblemWord.NOT_ALLOWED, 404),
)
async def read_group(
    group_id: Id, caller: NamedDependency[Caller], groups: NamedDependency[Groups]
) -> Group:
    """Read one group: what it sets itself, and what is in force after inheritance."""
    return await groups.read(caller, group_id)


@patch("/groups/{group_id:str}", summary="Change a group", responses=_CHANGE)
async def change_group(
    group_id: Id,
    data: JSONBody[ChangeGroup],
    caller: NamedDependency[Caller],
    groups: NamedDependency[Groups],
) -> Group:
    """Change a group; its technicians' consoles are told at once."""
    return await groups.change(caller, group_id, data)


@delete(
    "/groups/{group_id:str}",
    summary="Remove a group",
    responses=documented(400, 401, ProblemWord.NOT_ALLOWED, 404, ProblemWord.IN_USE),
)
async def delete_group(
    group_id: Id, caller: NamedDependency[Caller], groups: NamedDependency[Groups]
) -> None:
    """Remove an empty group."""
    await groups.delete(caller, group_id)


@get(
    "/technicians",
    summary="List technicians",
    responses=documented(400, 401, ProblemWord.NOT_ALLOWED),
)
async def list_technicians(
    caller: NamedDependency[Caller],
    technicians: NamedDependency[Technicians],
    after: After = None,
    limit: Limit = PAGE_SIZE,
) -> TechnicianPage:
    """List the technicians of the groups that the caller administers, by name."""
    return await technicians.page(caller, after, limit)


@post("/technicians", summary="Create a technician", responses=_ACCOUNT)
async def create_technician(
    data: JSONBody[CreateTechnician],
    caller: NamedDependency[Caller],
    technicians: NamedDependency[Technicians],
) -> Technician:
    """Create a technician's account."""
    return await technicians.create(caller, data)


@get(
    "/technicians/{technician_id:str}",
    summary="Read a technician",
    responses=documented(400, 401, ProblemWord.NOT_ALLOWED, 404),
)
async def read_technician(
    technician_id: Id, caller: NamedDependency[Caller], technicians: NamedDependency[Technicians]
) -> Technician:
    """Read a technician's account."""
    return await technicians.read(caller, technician_id)


@patch("/technicians/{technician_id:str}", summary="Change a technician", responses=_ACCOUNT)
async def change_technician(
    technician_id: Id,
    data: JSONBody[ChangeTechnician],
    caller: NamedDependency[Caller],
    technicians: NamedDependency[Technicians],
) -> Technician:
    """Change a technician's account; a new password, or disabling it, ends its sign-ins."""
    return await technicians.change(caller, technician_id, data)


@delete(
    "/technicians/{technician_id:str}",
    summary="Disable a technician",
    responses=documented(400, 401, ProblemWord.NOT_ALLOWED, 404, ProblemWord.IN_USE),
)
async def delete_technician(
    technician_id: Id, caller: NamedDependency[Caller], technicians: NamedDependency[Technicians]
) -> None:
    """Disable a technician's account; its sessions and their logs stay."""
    await technicians.disable(caller, technician_id)


def organization_router(groups: Groups, technicians: Technicians) -> Router:
    """Return the router of this module's calls."""
    return Router(
        "/",
        route_handlers=[
            read_organization,
            change_organization,
            list_groups,
            create_group,
            read_group,
            change_group,
            delete_group,
            list_technicians,
            create_technician,
            read_technician,
            change_technician,
            delete_technician,
        ],
        dependencies={"groups": Provide(lambda: groups, sync_to_thread=False)},
        security=SIGNED_IN,
        tags=["Organization"],
    )
