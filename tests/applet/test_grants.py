from rescue_console.applet.grants import Grants
from rescue_console.protocol.powers import Consent, Power


def make() -> tuple[Grants, list[Power]]:
    ended: list[Power] = []
    return Grants(ended.append), ended


def test_a_power_counts_when_the_server_says_that_it_is_granted() -> None:
    grants, _ = make()
    grants.told({Power.CONTROL: Consent.GRANTED, Power.FILES: Consent.ASKED})

    assert grants.granted() == [Power.CONTROL]
    assert grants.asked() == [Power.FILES]
    assert not grants.has(Power.FILES)


def test_what_was_taken_back_stays_so_whatever_an_old_message_says() -> None:
    grants, ended = make()
    grants.told({Power.CONTROL: Consent.GRANTED})
    grants.take_back([Power.CONTROL])
    grants.told({Power.CONTROL: Consent.GRANTED})

    assert not grants.has(Power.CONTROL)
    assert ended == [Power.CONTROL]


def test_it_can_be_granted_anew_once_the_server_knew_that_it_was_taken_back() -> None:
    grants, _ = make()
    for consent in (Consent.GRANTED, Consent.DENIED, Consent.ASKED, Consent.GRANTED):
        if consent is Consent.DENIED:
            grants.take_back([Power.CONTROL])
        grants.told({Power.CONTROL: consent})

    assert grants.has(Power.CONTROL)


def test_a_power_that_the_server_no_longer_names_has_ended() -> None:
    grants, ended = make()
    grants.told({Power.CONTROL: Consent.GRANTED, Power.CLIPBOARD: Consent.GRANTED})
    grants.told({Power.CLIPBOARD: Consent.GRANTED})

    assert ended == [Power.CONTROL]
    assert grants.has_any({Power.CONTROL, Power.CLIPBOARD})


def test_a_question_that_was_stopped_is_no_longer_open() -> None:
    grants, ended = make()
    grants.told({Power.CONTROL: Consent.ASKED})
    grants.take_back([Power.CONTROL])

    assert grants.asked() == []
    assert ended == []


def test_after_a_restart_the_server_cannot_grant_what_was_not_granted_before() -> None:
    ended: list[Power] = []
    grants = Grants(ended.append, taken_back=set(Power) - {Power.CONTROL})
    grants.told({Power.CONTROL: Consent.GRANTED, Power.FILE_MANAGER: Consent.GRANTED})

    assert grants.granted() == [Power.CONTROL]
    assert grants.unknown_to_server() == [Power.FILE_MANAGER]

    for consent in (Consent.DENIED, Consent.ASKED, Consent.GRANTED):
        grants.told({Power.FILE_MANAGER: consent})
    assert grants.granted() == [Power.FILE_MANAGER]
    assert grants.unknown_to_server() == []
