"""From what the tables tell to a score with reasons, and to the flags of the seven areas."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from services.safety.parameters.published import PARAMETERS
from services.safety.parameters.rules import number
from services.safety.protections.assessing import profile
from services.safety.protections.rules import guards_short
from services.safety.risks.rules import AREAS, reasons
from services.safety.risks.schemas import AreaFlag, AreaOut, RiskOut, RiskReason

YEAR = 365
# Which areas an inspection or a self-check of safety looks at; the others are checked by other services.
LOOKED_AT = frozenset({"conditions", "protection", "health"})


def counts(row: Mapping[str, Any], protection: Mapping[str, Any] | None, on: date) -> dict[str, int]:
    """The factors of one kindergarten."""
    found = {
        name: int(row[name])
        for name in ("major", "overdue", "general", "missed", "grave_incidents", "incidents", "disputes")
    }
    last = row["last_inspected_on"]
    found["not_inspected"] = int(last is None or (on - date.fromisoformat(last)).days > YEAR)
    least = number(PARAMETERS, "inspection_pass_score", on)
    found["low_score"] = int(row["last_score"] is not None and row["last_score"] < least)
    if protection is None or protection["version"] is None:
        found["not_filed"] = 1
    else:
        needed, valid, _ = guards_short(PARAMETERS, profile(protection), on)
        found["guards_missing"] = max(needed - valid, 0)
    return found


def ranked(rows: Iterable[Mapping[str, Any]], protections: Iterable[Mapping[str, Any]], on: date) -> list[RiskOut]:
    """All kindergartens, to be inspected in this order: highest score, then longest not inspected, then by id."""
    known = {each["kindergarten"]: each for each in protections}
    scored = []
    for row in rows:
        why = reasons(PARAMETERS, counts(row, known.get(row["kindergarten"]), on), on)
        key = (-sum(each.points for each in why), row["last_inspected_on"] or "", row["kindergarten"])
        scored.append((key, row, why))
    scored.sort(key=lambda each: each[0])
    return [
        RiskOut(
            place=place,
            kindergarten=row["kindergarten"],
            name=row["name"],
            division=row["division"],
            score=-key[0],
            last_inspected_on=row["last_inspected_on"],
            reasons=[RiskReason(factor=e.factor, count=e.count, points=e.points, zh=e.zh) for e in why],
        )
        for place, (key, row, why) in enumerate(scored, 1)
    ]


def areas(hazards: list[dict[str, Any]], last: Mapping[str, Any], on: date) -> list[AreaOut]:
    """The seven areas: what is open in each, red where major or overdue, and the day somebody last looked."""
    found = []
    for area, (name, categories) in AREAS.items():
        held = [each for each in hazards if each["category"] in categories]
        red = [each for each in held if each["level"] == "major" or (each["due_on"] or "9999") < on.isoformat()]
        days = [day for category, day in (last["found"] or {}).items() if category in categories]
        days += [last[name] for name in ("inspected", "checked") if area in LOOKED_AT and last[name]]
        found.append(
            AreaOut(
                area=area,
                name_zh=name,
                last_checked_on=max(map(_day, days), default=None),
                red=[_flag(each) for each in red],
                yellow=[_flag(each) for each in held if each not in red],
            )
        )
    return found


def _day(text: str) -> date:
    return datetime.fromisoformat(text).date()


def _flag(row: Mapping[str, Any]) -> AreaFlag:
    known = {name: row[name] for name in ("description", "level", "state", "source", "due_on")}
    return AreaFlag.model_validate(known | {"hazard": row["id"]})
