"""Logs carry ids, never bodies and never phone numbers."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from console import log


class Journal:
    """What was logged, as text and as parsed lines."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def journal() -> Iterator[Journal]:
    kept = Journal()
    stop = log.configure(kept.stream)
    yield kept
    stop()
    structlog.reset_defaults()


def test_a_line_is_one_json_object_with_ids(journal: Journal) -> None:
    log.get_logger("relay.hub").info("message.committed", message=41, conversation=7)
    (line,) = journal.lines
    assert line["event"] == "message.committed"
    assert (line["message"], line["conversation"], line["level"]) == (41, 7, "info")
    assert line["part"] == "relay.hub"
    assert line["at"].endswith("Z")


@pytest.mark.parametrize("key", ["body", "text", "phone", "token", "new_pin", "peer_phone", "Name"])
def test_private_keys_are_dropped_at_any_depth(journal: Journal, key: str) -> None:
    log.get_logger("x").info("e", **{key: "风衣还有吗"}, inner=[{key: "风衣还有吗"}])
    assert "风衣" not in journal.text
    assert journal.lines[0][key] == log.DROPPED


@pytest.mark.parametrize("number", ["13812346021", "+86 138 1234 6021", "8613812346021"])
def test_phone_numbers_are_taken_out_wherever_they_stand(journal: Journal, number: str) -> None:
    log.get_logger("x").info(f"lookup {number}", who=f"({number})")
    assert "1234" not in journal.text


def test_other_libraries_are_scrubbed_too(journal: Journal) -> None:
    logging.getLogger("aiohttp.server").warning("bad request from %s", "13812346021")
    (line,) = journal.lines
    assert line["event"] == "bad request from [phone]"
    assert line["logger"] == "aiohttp.server"


def test_an_exception_says_where_but_not_what(journal: Journal) -> None:
    try:
        raise ValueError("那件红色的风衣")
    except ValueError:
        log.get_logger("x").error("failed", exc_info=True)
        logging.getLogger("other").exception("failed")
    assert "风衣" not in journal.text
    for line in journal.lines:
        assert line["error"] == "ValueError"
        assert line["error_at"][0].startswith("test_log.py:")


def test_quiet_levels_are_not_written(journal: Journal) -> None:
    log.get_logger("x").debug("detail")
    logging.getLogger("other").info("detail")
    assert journal.lines == []


def test_a_file_is_written_and_closed(tmp_path: Path) -> None:
    stop = log.configure(tmp_path / "relay.log")
    log.get_logger("x").info("started", port=8787)
    stop()
    log.get_logger("x").info("after the end")
    assert len((tmp_path / "relay.log").read_text().splitlines()) == 1
    structlog.reset_defaults()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_scrubbing_takes_any_value_and_is_stable(value: Any) -> None:
    once = log.scrub(value)
    json.dumps(once)
    assert log.scrub(once) == once
