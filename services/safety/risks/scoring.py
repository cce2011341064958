"""From what the tables tell to a score with reasons, and to the flags of the seven areas."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from services.safety.parameters.published import PARAMETERS
from services.safety.parameters.rules import Parameter, number
from services.safety.protections.rules import required_guards
from services.safety.risks.rules import AREAS, Scale
from services.safety.risks.schemas import AreaFlag, AreaOut

YEAR = 365
# Factors that are counted in the database.
TOLD = ("major", "overdue", "general", "missed", "reopened", "grave_incidents", "incidents", "disputes", "complaints")
# Which areas an inspection or a self-check of safety looks at; the others are checked by other services.
LOOKED_AT = frozenset({"conditions", "protection", "health"})


class Judge:
    """Scores kindergartens as of one day, with the numbers in force on it."""

    def __init__(self, parameters: Iterable[Parameter], on: date) -> None:
        numbers = tuple(parameters)
        self.on, self.scale = on, Scale.on(numbers, on)
        self.guards = tuple(each for each in numbers if each.name.startswith("guards_"))
        self.needed: dict[tuple[int, int, int], int] = {}
        self.least = number(numbers, "inspection_pass_score", on)
        self.ratio = number(numbers, "children_per_staff", on)

    def counts(self, row: Mapping[str, Any]) -> dict[str, int]:
        """The factors of one kindergarten."""
        found = {name: int(row[name]) for name in TOLD}
        last = row["last_inspected_on"]
        found["not_inspected"] = int(last is None or (self.on - date.fromisoformat(last)).days > YEAR)
        found["low_score"] = int(row["last_score"] is not None and row["last_score"] < self.least)
        if row["guards"] is None:
            found["not_filed"] = 1
        else:
            size = (row["children"], row["staff"], row["boarders"])
            if size not in self.needed:
                self.needed[size] = required_guards(self.guards, *size, self.on)
            found["guards_missing"] = max(self.needed[size] - row["guards"], 0)
            found["ratio_high"] = int(row["children"] > self.ratio * row["staff"])
        return found


def ranked(rows: Iterable[Mapping[str, Any]], on: date) -> list[dict[str, Any]]:
    """All kindergartens, to be inspected in this order: highest score, then longest not inspected, then by id.

    Each is spelled as `RiskOut`, as plain values: thousands of models took longer than everything else.
    """
    judge = Judge(PARAMETERS, on)
    scored = []
    for row in rows:
        why = judge.scale.reasons(judge.counts(row))
        key = (-sum(each.points for each in why), row["last_inspected_on"] or "", row["kindergarten"])
        scored.append((key, row, why))
    scored.sort(key=lambda each: each[0])
    return [
        {
            "place": place,
            "kindergarten": row["kindergarten"],
            "name": row["name"],
            "division": row["division"],
            "score": -key[0],
            "last_inspected_on": row["last_inspected_on"],
            "reasons": [{"factor": e.factor, "count": e.count, "points": e.points, "zh": e.zh} for e in why],
        }
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
        days += [last[area]] if last.get(area) else []
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
