"""Settings: defaults, refusals with one sentence each, and folders."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import config, paths


def mistakes(text: str) -> list[tuple[str, str]]:
    with pytest.raises(config.ConfigError) as caught:
        config.parse(text)
    for mistake in caught.value.mistakes:
        assert mistake.sentence.endswith(".")
        assert "\n" not in mistake.sentence
    return [(mistake.code, mistake.key) for mistake in caught.value.mistakes]


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert config.load(tmp_path / "hanger.toml") == config.Config()


def test_what_is_written_is_used_and_the_rest_stays() -> None:
    text = """
        [console]
        relay = "https://shop.example"
        [relay]
        port = 9000
        heartbeat_seconds = 5
        origins = ["https://a.example"]
    """
    read = config.parse(text)
    assert read.console.relay == "https://shop.example"
    assert read.console.theme == "auto"
    assert (read.relay.port, read.relay.heartbeat_seconds) == (9000, 5.0)
    assert read.relay.origins == ("https://a.example",)


@pytest.mark.parametrize(
    ("url", "accepted"),
    [
        ("https://shop.example", True),
        ("http://192.168.1.9:8787", True),
        ("http://[fe80::1]:8787", True),
        ("https://shop.example/", False),
        ("https://shop.example?x", False),
        ("https://me@shop.example", False),
        ("https://shop.example:99999", False),
        ("https://*.example ", False),
        ("ftp://shop.example", False),
        ("", False),
    ],
)
def test_an_origin_is_scheme_host_and_port_only(url: str, accepted: bool) -> None:
    text = f"[relay]\norigins = ['{url}']"
    if accepted:
        assert config.parse(text).relay.origins == (url,)
    else:
        assert mistakes(text) == [("config.bad_value", "relay.origins")]


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("[relay", "config.syntax", ""),
        ("[shop]", "config.unknown_key", "shop"),
        ("relay = 1", "config.wrong_type", "relay"),
        ("[relay]\nprot = 1", "config.unknown_key", "relay.prot"),
        ("[relay]\nport = '1'", "config.wrong_type", "relay.port"),
        ("[relay]\nport = true", "config.wrong_type", "relay.port"),
        ("[relay]\nport = 70000", "config.bad_value", "relay.port"),
        ("[relay]\nheartbeat_seconds = nan", "config.bad_value", "relay.heartbeat_seconds"),
        ("[relay]\norigins = 'https://a'", "config.wrong_type", "relay.origins"),
        ("[relay]\norigins = ['a.example']", "config.bad_value", "relay.origins"),
        ("[relay]\npublic_url = 'https://a/b'", "config.bad_value", "relay.public_url"),
        ("[relay]\npublic_url = 'https://[a'", "config.bad_value", "relay.public_url"),
        ("[console]\ntheme = 'pink'", "config.bad_value", "console.theme"),
    ],
)
def test_a_mistake_is_refused_with_its_code(text: str, code: str, key: str) -> None:
    assert mistakes(text) == [(code, key)]


def test_every_mistake_is_told_at_once() -> None:
    found = mistakes("[relay]\nport = -1\nhost = 3\n[console]\nlanguage = 'fr'")
    assert [key for _, key in found] == ["relay.port", "relay.host", "console.language"]


def test_unreadable_file_is_a_refusal_too(tmp_path: Path) -> None:
    file = tmp_path / "hanger.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(config.ConfigError) as caught:
        config.load(file)
    assert caught.value.mistakes[0].code == "config.unreadable"


@given(st.dictionaries(st.sampled_from(["host", "port", "origins", "x"]), st.text() | st.floats()))
def test_any_section_is_read_or_refused(values: dict[str, object]) -> None:
    with contextlib.suppress(config.ConfigError):
        config.from_mapping({"relay": values})


def test_folders_follow_a_given_home_before_the_environment(tmp_path: Path) -> None:
    environment = {paths.HOME_VARIABLE: str(tmp_path / "a")}
    assert paths.locate(environment).data == tmp_path / "a" / "data"
    assert paths.locate(environment, tmp_path / "b").data == tmp_path / "b" / "data"
    assert paths.locate({}) == paths.standard()


def test_folders_are_created_and_hold_the_settings(shop_paths: paths.Paths) -> None:
    assert shop_paths.logs.is_dir()
    assert shop_paths.config_file.parent == shop_paths.data
