"""The files beside the code: complete, coded, and saying where they come from."""

from collections.abc import Iterable

import pytest

from services.registry import data
from services.registry.attendance.codes import Mark
from services.registry.bars.codes import BarGround
from services.registry.classes.codes import ClassKind
from services.registry.disclosures.codes import Purpose
from services.registry.divisions.codes import Zone
from services.registry.enrolments.codes import Entry, Exit
from services.registry.kindergartens.codes import Relation, Status, Type
from services.registry.posts.codes import Employment, PostEnd, PostRole
from services.registry.qualifications.codes import CheckChannel, CheckResult, QualificationKind
from services.registry.staff.codes import Education, Title
from shared.schemas import Code


def test_the_official_divisions_are_all_there() -> None:
    rows = data.rows("divisions")
    levels = [row["level"] for row in rows]
    assert (levels.count("district"), levels.count("town"), levels.count("village")) == (1, 17, 321)
    assert all(row["source"] and row["valid_since"] for row in rows)


def test_a_division_stands_under_the_one_its_code_begins_with() -> None:
    rows = {row["code"]: row for row in data.rows("divisions")}
    for code, row in rows.items():
        if parent := row["parent"]:
            assert code.startswith(parent)
            assert rows[parent]["level"] != row["level"]
            assert row["zone"] == rows[parent]["zone"] or rows[parent]["level"] == "district"


def test_every_town_and_village_has_a_zone() -> None:
    zones = {row["code"] for row in data.rows("codes/zone")}
    inside = [row for row in data.rows("divisions") if row["level"] != "district"]
    assert {row["zone"] for row in inside} == zones
    assert all(row["zone_source"] for row in inside)


def test_a_seat_point_lies_near_the_district() -> None:
    for row in data.rows("divisions"):
        if row["latitude"]:
            assert 40.2 < float(row["latitude"]) < 41.1
            assert 116.3 < float(row["longitude"]) < 116.9


@pytest.mark.parametrize("name", data.code_lists())
def test_a_code_list_labels_each_code_once(name: str) -> None:
    rows = data.rows(f"codes/{name}")
    assert len({row["code"] for row in rows}) == len(rows)
    assert all(row["label_zh"] and row["label_en"] and row["source"] for row in rows)
    assert all(bool(row["national_standard"]) == bool(row["national_code"]) for row in rows)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("kindergarten_type", Type),
        ("kindergarten_status", Status),
        ("kindergarten_relation", Relation),
        ("class_kind", ClassKind),
        ("zone", Zone),
        ("enrolment_entry", Entry),
        ("enrolment_exit", Exit),
        ("attendance_mark", Mark),
        ("disclosure_purpose", Purpose),
        ("education", Education),
        ("teacher_title", Title),
        ("post_role", PostRole),
        ("employment", Employment),
        ("post_end", PostEnd),
        ("qualification_kind", QualificationKind),
        ("check_channel", CheckChannel),
        ("check_result", CheckResult),
        ("bar_ground", BarGround),
    ],
)
def test_lists_and_words_of_the_register_agree(name: str, words: Iterable[Code]) -> None:
    listed = {(row["code"], row["label_zh"], row["label_en"]) for row in data.rows(f"codes/{name}")}
    assert listed == {(word.value, word.zh, word.en) for word in words}


def test_the_fifty_six_ethnicities_are_listed() -> None:
    codes = [row["code"] for row in data.rows("codes/ethnicity")]
    assert codes[:56] == [f"{number:02}" for number in range(1, 57)]
