"""What the desk makes of a campaign's rows."""

from __future__ import annotations

from console.desk.campaign_items import rule_of
from console.domain.segment_json import to_json
from console.domain.segments import NOBODY, Choice, Rule


def test_no_rule_is_for_everybody_and_a_rule_for_whom_it_says() -> None:
    women: Rule = Choice("gender", ("f",))
    assert rule_of(None) is None
    assert rule_of(to_json(women)) == women


def test_a_rule_that_only_a_newer_console_can_read_is_for_nobody() -> None:
    assert rule_of({"weather": "rain"}) == NOBODY
    assert rule_of(["no", "rule"]) == NOBODY
