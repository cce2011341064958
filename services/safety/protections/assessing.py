"""From the rows as PostgreSQL tells them to what they mean: required guards, gaps, the 4×100 %."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from services.safety.parameters.published import PARAMETERS
from services.safety.protections.proofs import Papers, proofs
from services.safety.protections.rules import Camera, Gap, Guard, Profile, four_hundreds, gaps, guards_short
from services.safety.protections.schemas import ProtectionOut, ProtectionRates, RateOut, SchoolGaps

FOUR = ("guards", "closed_management", "alarm_and_video", "gate_duty")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def profile(row: Mapping[str, Any]) -> Profile:
    """The row of a kindergarten that filed its profile."""
    plain = ("children", "staff", "boarders", "safety_body", "officer_full_time", "closed_management", "gate_duty")
    days = ("alarm_tested_on", "insurance_until", "video_used_since", "video_filed_on")
    known: dict[str, Any] = {name: row[name] for name in (*plain, "alarm_linked", "alarm_passed")}
    known |= {name: _day(row[name]) for name in days}
    return Profile(
        **known,
        guards=tuple(Guard(each["code"], each["full_time"], _day(each["certificate_until"])) for each in row["guards"]),
        cameras=tuple(
            Camera(
                each["code"],
                each["area"],
                each["online"],
                datetime.fromisoformat(each["offline_since"]) if each["offline_since"] else None,
                each["retention_days"],
                each["retention_reason"],
            )
            for each in row["cameras"]
        ),
    )


def _told(found: list[Gap]) -> list[dict[str, Any]]:
    return [{"rule": e.rule, "severity": e.severity.value, "zh": e.zh, "rows": list(e.rows)} for e in found]


def proven(row: Mapping[str, Any], now: datetime) -> list[dict[str, Any]]:
    """What is proven of each duty, from the profile, its papers and the books of the site."""
    known = profile(row)
    logged = {kind: datetime.fromisoformat(at).date() for kind, at in row["logged"].items()}
    papers = Papers.read(row["papers"], _day(row["responsibility_signed_on"]), logged)
    rules = {each.rule for each in gaps(PARAMETERS, known, now)}
    return [
        {"clause": e.clause, "zh": e.zh, "proven": not e.missing, "missing": list(e.missing), "on": e.on and str(e.on)}
        for e in proofs(PARAMETERS, known, papers, rules, now.date())
    ]


def assessed(row: dict[str, Any], now: datetime) -> ProtectionOut:
    """One kindergarten's profile with what is missing."""
    known = profile(row)
    found = gaps(PARAMETERS, known, now)
    needed, valid, _ = guards_short(PARAMETERS, known, now.date())
    online = sum(each.online for each in known.cameras)
    rate = round(online / len(known.cameras), 4) if known.cameras else None
    more = {"online_rate": rate, "required_guards": needed, "valid_guards": valid, "met": four_hundreds(found)}
    return ProtectionOut.model_validate_json(
        json.dumps(row | more | {"gaps": _told(found), "proofs": proven(row, now)})
    )


def rates(rows: list[dict[str, Any]], now: datetime) -> ProtectionRates:
    """The 4×100 % of these kindergartens; who has filed nothing meets nothing."""
    met = dict.fromkeys(FOUR, 0)
    lacking = []
    for row in rows:
        filed = row["version"] is not None
        found = gaps(PARAMETERS, profile(row), now) if filed else []
        for name, good in four_hundreds(found).items():
            met[name] += filed and good
        if found or not filed:
            place = {"kindergarten": row["kindergarten"], "name": row["kindergarten_name"], "filed": filed}
            lacking.append(SchoolGaps.model_validate_json(json.dumps(place | {"gaps": _told(found)})))
    every = len(rows)
    percents = {
        name: RateOut(met=met[name], all=every, percent=round(met[name] * 100 / every, 2) if every else None)
        for name in FOUR
    }
    return ProtectionRates(**percents, kindergartens=lacking)
