from rescue_console.desktop.link.standing import Standing
from rescue_console.protocol.answers import Me


def test_only_a_change_of_the_connection_is_signalled(me: Me) -> None:
    standing = Standing(me)
    seen: list[bool] = []
    standing.online_changed.connect(lambda: seen.append(standing.online))
    for online in (False, True, True, False):
        standing.online = online
    assert seen == [True, False]


def test_another_way_to_the_server_is_a_change_of_the_connection(me: Me) -> None:
    standing = Standing(me, online=True)
    seen: list[bool] = []
    standing.online_changed.connect(lambda: seen.append(standing.plain))
    for plain in (True, True, False):
        standing.plain = plain
    assert seen == [True, False]


def test_the_technician_is_signalled_again_even_if_unchanged(me: Me) -> None:
    standing = Standing(me)
    seen: list[Me] = []
    standing.me_changed.connect(lambda: seen.append(standing.me))
    standing.me = me
    assert seen == [me]
