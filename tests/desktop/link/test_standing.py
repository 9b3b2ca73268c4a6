from rescue_console.desktop.link.standing import Standing
from rescue_console.protocol.answers import Me


def test_only_a_change_of_the_connection_is_told(me: Me) -> None:
    standing = Standing(me)
    told: list[bool] = []
    standing.online_changed.connect(lambda: told.append(standing.online))
    for online in (False, True, True, False):
        standing.online = online
    assert told == [True, False]


def test_the_technician_is_told_again_though_nothing_seems_to_have_changed(me: Me) -> None:
    standing = Standing(me)
    told: list[Me] = []
    standing.me_changed.connect(lambda: told.append(standing.me))
    standing.me = me
    assert told == [me]
