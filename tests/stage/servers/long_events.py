"""Events so long that not all of them fit into one answer."""

import sqlite3
from contextlib import closing

from tests.stage.servers.rescue_server import RealServer


def add_long_events(server: RealServer, count: int, characters: int) -> None:
    """Add events as another node would: copies of the newest ``session.changed``, but longer."""
    with closing(sqlite3.connect(server.data / "rescue.sqlite3", timeout=30)) as database:
        names = [row[1] for row in database.execute("PRAGMA table_info(events)")]
        columns = ", ".join(name for name in names if name not in ("number", "body"))
        database.execute(
            f"INSERT INTO events ({columns}, body) WITH RECURSIVE counted(n) AS "
            f"(SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {count}) "
            f"SELECT {columns}, json_set(body, '$.long', hex(zeroblob({characters // 2}))) "
            "FROM (SELECT * FROM events WHERE kind = 'session.changed' "
            "ORDER BY number DESC LIMIT 1), counted"
        )
        database.commit()
