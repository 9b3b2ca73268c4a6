"""The description at /api/v1/openapi.json is true: Schemathesis makes the calls it describes."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.stage.programs import starts_programs
from tests.stage.rules.routes import Route, all_routes
from tests.stage.servers.rescue_server import RealServer
from tests.stage.until import WAIT_S

EXAMPLES = 12
NOT_FOR_A_SCHEMA = [schemathesis.checks.positive_data_acceptance]
"""A schema cannot say that a group must exist, an address be valid and a password be hard to guess,
so values that match it may still be refused; test_refusals tests what is refused."""
DESCRIBED = [
    route
    for route in all_routes()
    if route.is_api and route.method != "WEBSOCKET" and "openapi" not in route.template
]

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")


@pytest.fixture(scope="module")
@starts_programs
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """A server for this file alone: these tests fill it and use up its owner's sign-in attempts."""
    folder = tmp_path_factory.mktemp("described")
    with RealServer(folder / "data", "--smtp-url", f"file://{folder}") as running:
        yield running


@pytest.fixture(scope="module")
def schema(server: RealServer) -> Any:
    return schemathesis.openapi.from_url(f"{server.api}/openapi.json")


def test_the_description_is_valid(schema: Any) -> None:
    schema.validate()


def test_it_says_that_unknown_fields_are_refused(schema: Any) -> None:
    schemas = schema.raw_schema["components"]["schemas"]
    assert schemas["CreateSession"]["additionalProperties"] is False
    assert schemas["GroupSettings"]["additionalProperties"] is False
    assert "additionalProperties" not in schemas["Session"]


def test_it_says_which_calls_need_a_token(schema: Any) -> None:
    open_paths = {
        path
        for path, calls in schema.raw_schema["paths"].items()
        for call in calls.values()
        if not call.get("security")
    }
    assert open_paths == {f"/api/v1/auth/{name}" for name in ("token", "refresh", "sign-out")}


def test_it_describes_every_call_of_the_api_and_no_other(schema: Any) -> None:
    described = {
        (result.ok().method.upper(), result.ok().path) for result in schema.get_all_operations()
    }
    assert described == {(route.method, route.template) for route in DESCRIBED}


@pytest.mark.parametrize("route", DESCRIBED, ids=lambda route: f"{route.method} {route.template}")
def test_a_call_answers_as_described(schema: Any, server: RealServer, route: Route) -> None:
    operation = schema[route.template][route.method]

    @seed(1)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def call(case: Any) -> None:
        token = server.owner.access_token
        case.call_and_validate(
            headers={"Authorization": f"Bearer {token}"},
            excluded_checks=NOT_FOR_A_SCHEMA,
            timeout=WAIT_S,
        )

    call()
