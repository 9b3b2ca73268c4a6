"""Collections are paged by cursor: nothing is lost or repeated while rows are being added."""

from tests.stage.servers.accounts import make_technician
from tests.stage.servers.rescue_server import Asker, RealServer


def ids_of_all_pages(asker: Asker, path: str, limit: int, each_time: str = "") -> list[str]:
    """Return the ids on all pages; create a session with the method *each_time* between pages."""
    found: list[str] = []
    query: dict[str, str | int] = {"limit": limit}
    while True:
        page = asker.get(path, params=query).json()
        assert len(page["items"]) <= limit
        found += [item["id"] for item in page["items"]]
        if page["next"] is None:
            return found
        query["after"] = page["next"]
        if each_time:
            asker.create_session(each_time)


def test_sessions_created_between_pages_disturb_none(server: RealServer, group_id: str) -> None:
    asker = make_technician(server, group_id)
    top = server.owner.get("/groups").json()["items"][0]["id"]
    own_group = server.owner.post("/groups", json={"name": "Paging", "parent_id": top}).json()
    me = asker.get("/me").json()["id"]
    moved = server.owner.patch(f"/technicians/{me}", json={"group_id": own_group["id"]})
    assert moved.status_code == 200
    made = [asker.create_session()["id"] for _ in range(11)]
    seen = ids_of_all_pages(asker, "/sessions", 3, each_time="link")
    assert seen == made[::-1]


def test_a_last_page_that_is_full_has_no_next_one(server: RealServer, group_id: str) -> None:
    asker = make_technician(server, group_id)
    newest = [asker.create_session("pin")["id"] for _ in range(2)]
    page = asker.get("/sessions", params={"limit": 2}).json()
    assert [item["id"] for item in page["items"]] == newest[::-1]
    rest = ids_of_all_pages(server.owner, "/sessions", 50)
    assert len(rest) == len(set(rest))


def test_technicians_are_paged_by_name_without_repetition(
    server: RealServer, group_id: str
) -> None:
    for _ in range(3):
        make_technician(server, group_id)
    one_by_one = ids_of_all_pages(server.owner, "/technicians", 1)
    at_once = server.owner.get("/technicians", params={"limit": 1000}).json()["items"]
    assert one_by_one == [item["id"] for item in at_once]
