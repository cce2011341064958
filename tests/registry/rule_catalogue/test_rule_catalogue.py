"""Every rule the registry keeps is served with what it rests on."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.registry import data
from services.registry.parameters.published import PARAMETERS
from services.registry.rule_catalogue.router import ENTRIES
from tests.registry import given
from tests.stack import Service

READER = ("teacher", given.DISTRICT)
# The registry's part of the field's starter catalogue.
STARTER = {f"REG-{number:02}" for number in range(1, 25)}


async def rules(registry: Service, **asked: Any) -> list[dict[str, Any]]:
    answer = await registry.client(READER).get("/v1/rules", params=asked)
    assert answer.status_code == 200, answer.text
    return list(answer.json())


async def test_every_rule_of_the_field_is_served_with_basis_and_dated_numbers(registry: Service):
    served = {each["rule"]: each for each in await rules(registry)}
    assert served.keys() >= STARTER
    assert all(each["basis"] and each["where"] and each["title_zh"] for each in served.values())
    size = served["REG-01"]
    assert {(each["name"], each["key"], each["value"]) for each in size["parameters"]} >= {
        ("class_size", "small", "25"),
        ("class_size", "large", "35"),
    }
    assert {each["name"]: each["tag"] for each in size["parameters"]}["oversize_tolerance"] == "illustrative"
    assert set(served["REG-14"]["checks"]) == {"licence-expired", "licence-expiring"}


async def test_a_rule_is_served_as_it_stood_on_the_day(registry: Service):
    before = {each["rule"]: each for each in await rules(registry, as_of="2025-05-31")}
    since = {each["rule"]: each for each in await rules(registry, as_of="2025-06-01")}
    assert "教师资格条例" in before["REG-08"]["basis"]
    assert "学前教育法" in since["REG-08"]["basis"]
    assert (before["REG-08"]["until"], since["REG-08"]["until"]) == ("2025-06-01", None)
    assert "REG-13" not in before
    assert "REG-13" in since


async def test_rules_can_be_asked_for_by_how_grave_they_are(registry: Service):
    blocking = {each["rule"] for each in await rules(registry, severity="block")}
    assert {"REG-09", "REG-10", "REG-13", "REG-15", "REG-16", "REG-20", "REG-21", "REG-22"} <= blocking
    refused = await registry.client(READER).get("/v1/rules", params={"severity": "blocking"})
    assert refused.status_code == 422


def test_no_rule_is_in_force_twice_on_a_day():
    for each in ENTRIES:
        same = [other for other in ENTRIES if other.rule.rule == each.rule.rule and other is not each]
        assert not [o for o in same if each.rule.since < o.rule.until and o.rule.since < each.rule.until]


@pytest.mark.parametrize("name", ["rules", "staff_rules", "staffing_rules"])
def test_every_row_says_where_it_comes_from(name: str):
    named = {each.name for each in PARAMETERS}
    for row in data.rows(name):
        assert re.fullmatch(r"REG-\d\d", row["rule"])
        assert row["severity"] in {"block", "red", "warn"}
        assert row["tag"] in {"verified", "known", "uncertain", "illustrative"}
        assert date.fromisoformat(row["since"])
        assert set(row["parameters"].split()) <= named, row["rule"]


def test_every_rule_named_in_the_code_is_in_the_catalogue():
    known = {each.rule.rule for each in ENTRIES}
    named = set()
    for path in Path("services/registry").rglob("*.py"):
        named |= set(re.findall(r"\bREG-\d\d\b", path.read_text("utf-8")))
    with Path("services/registry/data/quality_checks.csv").open(encoding="utf-8", newline="") as file:
        named |= {row["rule"] for row in csv.DictReader(file) if row["rule"]}
    assert named - known == set()
