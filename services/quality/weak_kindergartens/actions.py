"""Asking the rule in force of a kindergarten, for a decision that is kept."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.quality import data
from services.quality.weak_kindergartens.queries import FACTS_OF
from services.quality.weak_kindergartens.rules import WeakFacts, WeakRule, is_weak, reasons

RULES = tuple(data.rows("weak_rules"))


def rule_on(day: date) -> WeakRule:
    """Raises NoParameterInForce."""
    return WeakRule.in_force(RULES, day)


def asked_of_lists(day: date) -> dict[str, Any]:
    """The rule of that day as lists ask for it: a reason that is not in it never holds."""
    rule = rule_on(day)
    never = 2**31 - 1
    codes = ("staff_ratio", "care_ratio", "large_classes", "major_hazard", "account_alert", "ethics", "primary_style")
    at = {f"at_{code}": rule.thresholds.get(code, never) for code in codes}
    return at | {"as_of": day, "decisive": sorted(rule.decisive), "least": rule.least}


async def judged(
    session: AsyncSession, kindergarten: UUID, on: date
) -> tuple[WeakRule, dict[str, Any], list[str], bool]:
    """The rule, the facts, the reasons that hold, and whether it is weak."""
    row = (await session.execute(FACTS_OF, {"id": kindergarten, "as_of": on})).one()
    facts, rule = WeakFacts(**row._asdict()), rule_on(on)
    found = reasons(facts, rule)
    return rule, asdict(facts), found, is_weak(found, rule)
