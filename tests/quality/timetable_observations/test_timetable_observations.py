"""What was seen of a day is compared with what was filed."""

from typing import Any

import pytest

from services.quality.timetable_observations.schemas import TimetableObservationOut
from tests.quality import given
from tests.quality.timetables.test_timetables import filed, group
from tests.stack import Service


def seen(sport: str, outdoor: str) -> list[dict[str, str]]:
    parts = [("meal", "08:00", "08:30"), ("sport", "09:00", sport), ("outdoor", "10:30", outdoor)]
    parts += [("meal", "12:00", "12:30")]
    return [{"kind": kind, "begin": begin, "end": end} for kind, begin, end in parts]


@pytest.mark.parametrize(
    ("sport", "outdoor", "extra", "kept", "findings"),
    [
        ("10:00", "11:30", False, True, []),
        ("10:00", "11:29", False, False, ["outdoor"]),
        ("09:59", "11:31", False, False, ["sport"]),
        ("10:00", "11:45", True, True, []),
        ("10:00", "11:44", True, False, []),
    ],
)
async def test_a_day_is_kept_within_the_tolerance_and_above_the_norm(
    quality: Service, sport: str, outdoor: str, extra: bool, kept: bool, findings: list[str]
):
    one, class_id = await group(quality)
    more = [("outdoor", "15:00", "15:30")] if extra else []
    await quality.client(("principal", f"k:{one}")).put(f"/v1/timetables/{class_id}/summer", json=filed(*more))
    inspector = quality.client(("inspector", given.DISTRICT))
    new: dict[str, Any] = {"class_id": str(class_id), "season": "summer", "on": str(given.TODAY), "note": "视导"}
    made = await inspector.post("/v1/timetable-observations", json=new | {"seen": seen(sport, outdoor)})
    assert made.status_code == 201, made.text
    found = TimetableObservationOut.model_validate_json(made.content)
    assert (found.kept, found.findings, found.outdoor_filed) == (kept, findings, 150 if extra else 120)
    listed = await inspector.get("/v1/timetable-observations", params={"kept": "false"})
    assert len(listed.json()["items"]) == (not kept)


async def test_without_a_filed_day_there_is_nothing_to_compare(quality: Service):
    one, class_id = await group(quality)
    inspector = quality.client(("inspector", given.DISTRICT))
    new: dict[str, Any] = {"class_id": str(class_id), "season": "winter", "on": str(given.TODAY), "note": "视导"}
    bare = await inspector.post("/v1/timetable-observations", json=new | {"seen": seen("10:00", "11:30")})
    assert (bare.status_code, bare.json()["code"]) == (409, "no-timetable-is-filed")
    own = await quality.client(("principal", f"k:{one}")).post("/v1/timetable-observations", json=new)
    assert own.status_code == 403
