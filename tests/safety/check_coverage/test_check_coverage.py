"""Self-checks of a term by kindergarten: what the months say is what counting one by one says."""

import random
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.safety.check_coverage.rules import Version, asked
from services.safety.check_coverage.schemas import CheckCoveragePage, CheckCoverageSummary
from services.safety.checklists.rules import period, term
from shared.ids import new_id
from shared.workdays import is_working_day
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.stack import Service

ON = date(2026, 11, 18)  # a Wednesday


def test_a_term_asks_for_what_is_over_and_counts_the_rest_one_by_one():
    found = asked([Version("d", "daily", date(2026, 10, 1), None), Version("m", "monthly", date(2026, 1, 1), None)], ON)
    assert (found.since, found.until) == (date(2026, 9, 1), ON)
    daily = [day for code, day in found.due if code == "d"]
    assert daily[0] == date(2026, 10, 8)  # the National Day holiday asks for nothing
    assert daily[-1] == date(2026, 11, 17)
    assert all(map(is_working_day, daily))
    assert [day for code, day in found.due if code == "m"] == [date(2026, 9, 1), date(2026, 10, 1)]
    assert dict(found.live) == {"d": date(2026, 11, 1), "m": date(2026, 11, 1)}


def test_a_week_over_the_turn_of_a_month_is_counted_one_by_one():
    found = asked([Version("w", "weekly", date(2026, 1, 1), None)], date(2026, 12, 2))
    assert dict(found.live) == {"w": date(2026, 11, 1)}


def test_versions_that_follow_one_another_ask_for_each_check_once():
    both = [Version("d", "daily", date(2026, 9, 1), ON), Version("d", "daily", ON, None)]
    one = [Version("d", "daily", date(2026, 9, 1), None)]
    assert asked(both, ON + timedelta(9)).due == asked(one, ON + timedelta(9)).due


async def checked(safety: Service, garden: UUID, checklist: str, code: str, kind: str, day: date) -> None:
    span = period(kind, day)
    within = (span.first + timedelta(step) for step in range((span.last - span.first).days + 1))
    row: dict[str, Any] = {
        "id": new_id(), "kindergarten": garden, "division": given.VILLAGE, "checklist": UUID(checklist), "code": code,
        "first_day": span.first, "last_day": span.last, "checked_on": day, "checked_by": "x",
        "recorded_at": datetime.now().astimezone(), "digest": "x", "failed": [], "failed_keys": [], "answers": {},
        "note": "", "due": any(map(is_working_day, within)),
    }  # fmt: skip
    await given.insert(safety, "self_checks", row)


@pytest.mark.parametrize("back", [0, 17, 40])
async def test_the_report_counts_as_one_would_by_hand(safety: Service, back: int):
    lists = {
        kind: await given.checklist(safety, kind, "self_check", kind, date(2020, 1, 1)) for kind in ("daily", "weekly")
    }
    on = TODAY - timedelta(back)
    span = term(on)
    opened = span.first + (on - span.first) // 2
    gardens = [await given.kindergarten(safety) for _ in range(3)] + [
        await given.kindergarten(safety, opened_on=opened)
    ]
    await given.kindergarten(safety, status="closed")
    chosen = random.Random(back)  # noqa: S311  # a fixed draw, no secret
    made: set[tuple[UUID, str, date]] = set()
    days = [span.first + timedelta(n) for n in range((TODAY - span.first).days)]
    for garden in gardens[:2] + gardens[3:]:
        for kind, checklist in lists.items():
            for day in chosen.sample(days, len(days) // 3):
                first = period(kind, day).first
                if (garden, kind, first) not in made and (garden != gardens[3] or first >= opened):
                    made.add((garden, kind, first))
                    await checked(safety, garden, checklist, kind, kind, day)
    due = asked([Version(kind, kind, date(2020, 1, 1), None) for kind in lists], on).due
    officer, query = safety.client(OFFICER), {"as_of": on.isoformat()}
    answer = await officer.get("/v1/self-check-coverage", params=query)
    assert answer.status_code == 200, answer.text
    rows = CheckCoveragePage.model_validate_json(answer.content).items
    assert {each.kindergarten for each in rows} == set(gardens)
    for row in rows:
        asked_here = [each for each in due if row.kindergarten != gardens[3] or each[1] >= opened]
        done = sum((row.kindergarten, code, day) in made for code, day in asked_here)
        assert (row.due, row.made, row.missed) == (len(asked_here), done, len(asked_here) - done)
    missed = [each.missed for each in rows]
    assert missed == sorted(missed, reverse=True)
    whole = await officer.get("/v1/self-check-coverage/summary", params=query)
    total = CheckCoverageSummary.model_validate_json(whole.content)
    assert (total.kindergartens, total.due, total.made) == (4, sum(e.due for e in rows), sum(e.made for e in rows))
    only = await officer.get("/v1/self-check-coverage", params=query | {"checklist": "weekly", "complete": False})
    assert {each["due"] for each in only.json()["items"]} <= {sum(code == "weekly" for code, _ in due), *range(30)}
    town = safety.client(("town_officer", given.OTHER_TOWN))
    assert (await town.get("/v1/self-check-coverage", params=query)).json()["items"] == []


async def test_a_check_sent_again_is_counted_once(safety: Service):
    await given.checklist(safety, since=TODAY - timedelta(9))
    garden = await given.kindergarten(safety)
    teacher = safety.client(("teacher", f"k:{garden}"))
    day = next(TODAY - timedelta(n) for n in range(9) if is_working_day(TODAY - timedelta(n)))
    for hour in (8, 8, 9):
        sent = {"recorded_at": f"{day}T0{hour}:00:00+08:00", "answers": given.answers()}
        answer = await teacher.put(f"/v1/self-checks/{garden}/daily/{day}", json=sent)
        assert answer.status_code == 200, answer.text
    assert await safety.database.fetch("SELECT made FROM self_check_months") == [(1,)]
