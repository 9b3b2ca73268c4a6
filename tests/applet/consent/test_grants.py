from rescue_console.applet.consent.grants import Grants
from rescue_console.protocol.powers import Consent, Power
from tests.stage.applets.granting import grant


def make() -> tuple[Grants, list[Power]]:
    ended: list[Power] = []
    return Grants(ended.append), ended


def test_a_power_is_granted_once_it_is_allowed_here_and_the_server_knows() -> None:
    grants, _ = make()
    grants.update({Power.CONTROL: Consent.ASKED, Power.FILES: Consent.ASKED})
    grants.allow(Power.CONTROL)
    assert grants.granted() == []
    grants.update({Power.CONTROL: Consent.GRANTED, Power.FILES: Consent.ASKED})

    assert grants.granted() == [Power.CONTROL]
    assert grants.asked() == [Power.FILES]
    assert not grants.has(Power.FILES)


def test_a_grant_that_only_the_server_claims_is_a_question() -> None:
    grants, ended = make()
    grants.update(dict.fromkeys(Power, Consent.GRANTED))

    assert grants.granted() == [Power.VIEW]
    assert grants.asked() == [power for power in Power if power is not Power.VIEW]
    grants.take_back([Power.CONTROL])
    assert Power.CONTROL not in grants.asked()
    assert grants.unknown_to_server() == [Power.CONTROL]
    grants.allow(Power.FILES)
    assert grants.granted() == [Power.VIEW, Power.FILES]
    assert ended == []


def test_a_power_that_was_allowed_before_must_be_allowed_again() -> None:
    grants, ended = make()
    grant(grants, [Power.CONTROL])
    # The end of the first grant was not seen: the connection was lost.
    grants.update({Power.CONTROL: Consent.ASKED})
    grants.update({Power.CONTROL: Consent.GRANTED})

    assert ended == [Power.CONTROL]
    assert grants.granted() == []
    assert grants.asked() == [Power.CONTROL]


def test_a_power_allowed_to_somebody_else_ends_and_is_asked_for_again() -> None:
    grants, ended = make()
    grant(grants, [Power.CONTROL])
    grants.ask_again()

    assert ended == [Power.CONTROL]
    assert grants.asked() == [Power.CONTROL]


def test_a_power_taken_back_stays_so_despite_an_older_message() -> None:
    grants, ended = make()
    grant(grants, [Power.CONTROL])
    grants.take_back([Power.CONTROL])
    grants.update({Power.CONTROL: Consent.GRANTED})

    assert not grants.has(Power.CONTROL)
    assert ended == [Power.CONTROL]


def test_a_power_taken_back_can_be_granted_again_once_the_server_has_known() -> None:
    grants, _ = make()
    grant(grants, [Power.CONTROL])
    grants.take_back([Power.CONTROL])
    for consent in (Consent.DENIED, Consent.ASKED):
        grants.update({Power.CONTROL: consent})
    grant(grants, [Power.CONTROL])

    assert grants.has(Power.CONTROL)


def test_a_power_that_the_server_no_longer_names_has_ended() -> None:
    grants, ended = make()
    grant(grants, [Power.CONTROL, Power.CLIPBOARD])
    grants.update({Power.CLIPBOARD: Consent.GRANTED})

    assert ended == [Power.CONTROL]
    assert grants.has_any({Power.CONTROL, Power.CLIPBOARD})


def test_a_question_that_was_stopped_is_no_longer_open() -> None:
    grants, ended = make()
    grants.update({Power.CONTROL: Consent.ASKED})
    grants.take_back([Power.CONTROL])

    assert grants.asked() == []
    assert ended == []


def test_after_a_restart_the_server_cannot_grant_what_was_not_granted_before() -> None:
    ended: list[Power] = []
    grants = Grants(ended.append, [Power.CONTROL])
    grants.update({Power.CONTROL: Consent.GRANTED, Power.FILE_MANAGER: Consent.GRANTED})

    assert grants.granted() == [Power.CONTROL]
    assert grants.unknown_to_server() == [Power.FILE_MANAGER]

    for consent in (Consent.DENIED, Consent.ASKED):
        grants.update({Power.FILE_MANAGER: consent})
    grant(grants, [Power.FILE_MANAGER])
    assert grants.granted() == [Power.FILE_MANAGER]
    assert grants.unknown_to_server() == []


def test_a_power_taken_back_before_the_server_confirmed_it_stays_so() -> None:
    grants, _ = make()
    grants.update({Power.CONTROL: Consent.ASKED})
    grants.allow(Power.CONTROL)
    grants.take_back(Power)
    for consent in (Consent.ASKED, Consent.GRANTED):
        grants.update({Power.CONTROL: consent})
        assert grants.granted() == grants.asked() == []
        assert grants.unheard() == {Power.CONTROL: False}

    grants.update({Power.CONTROL: Consent.DENIED})
    assert grants.unheard() == {}
    grants.update({Power.CONTROL: Consent.ASKED})
    assert grants.asked() == [Power.CONTROL]


def test_an_answer_counts_as_unheard_until_the_server_shows_that_it_knows() -> None:
    grants, _ = make()
    consents = {Power.CONTROL: Consent.ASKED, Power.CLIPBOARD: Consent.GRANTED}
    grants.update(consents)
    grants.allow(Power.CONTROL)
    grants.take_back([Power.CLIPBOARD])
    grants.update(consents)

    assert grants.unheard() == {Power.CONTROL: True, Power.CLIPBOARD: False}
    grants.update({Power.CONTROL: Consent.GRANTED, Power.CLIPBOARD: Consent.DENIED})
    assert grants.unheard() == {}
