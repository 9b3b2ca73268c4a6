"""Descriptions and candidates come from strangers: they are read, or refused with one error."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescue_console.desktop.media.base import BadDescription
from rescue_console.desktop.media.descriptions import configuration, read_candidate, read_offer
from rescue_console.protocol.answers import IceServer


@given(st.text())
def test_any_text_is_an_offer_or_refused(text: str) -> None:
    with pytest.raises(BadDescription):
        read_offer(text)


@given(st.text())
def test_any_text_is_a_candidate_or_refused(text: str) -> None:
    for body in (
        text,
        json.dumps({"candidate": text}),
        json.dumps({"candidate": f"1 1 udp {text}"}),
    ):
        try:
            read_candidate(body)
        except BadDescription:
            continue


@pytest.mark.parametrize("kinds", [[], ["video"], ["application", "video"]])
def test_only_an_offer_of_one_data_connection_is_accepted(kinds: list[str]) -> None:
    sdp = "".join(f"m={kind} 9 UDP/DTLS/SCTP webrtc-datachannel\r\n" for kind in kinds)
    with pytest.raises(BadDescription, match="single connection for data"):
        read_offer(json.dumps({"type": "offer", "sdp": sdp}), "application")


@pytest.mark.parametrize("kinds", [[], ["audio"], ["video", "audio"], ["video", "video"]])
def test_only_an_offer_of_one_picture_is_accepted(kinds: list[str]) -> None:
    sdp = "".join(f"m={kind} 9 UDP/TLS/RTP/SAVPF 96\r\n" for kind in kinds)
    with pytest.raises(BadDescription, match="single picture"):
        read_offer(json.dumps({"type": "offer", "sdp": sdp}))


def test_an_empty_candidate_means_that_there_are_no_more() -> None:
    assert read_candidate("") is None
    assert read_candidate('{"candidate": ""}') is None


def test_turn_servers_keep_their_credentials() -> None:
    server = IceServer(urls=["turn:turn.example:3478?transport=udp"], username="u", credential="c")
    (read,) = configuration([server]).iceServers or []
    assert (read.urls, read.username, read.credential) == (server.urls, "u", "c")
