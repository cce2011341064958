from datetime import date
from typing import Any

import pytest

from services.registry.code_lists import entries
from services.registry.rolls.cells import day
from services.registry.rolls.columns import COLUMNS, KEYS, understand
from services.registry.rolls.reference import Reference, Room
from services.registry.rolls.rules import Checker
from services.registry.rolls.sealing import STAGED, Sealer
from shared.crypto import KeyRing
from tests.registry.imports.planting import ALONE
from tests.registry.rolls import made as rolls
from tests.stack import FIELD_KEYS

ROOMS = rolls.rooms(4, each=2)
TODAY = date(2026, 11, 23)
HEADER = understand([column.zh for column in COLUMNS])
KEYRING = KeyRing.parse(FIELD_KEYS)


def reference(**changes: Any) -> Reference:
    rooms: dict[str, dict[str, Room]] = {}
    days = ("2026-09-01", "2027-09-01")
    births = {3: ("2022-09-01", "2023-08-31"), 4: ("2021-09-01", "2022-08-31")}
    for room in ROOMS:
        owner = room.kindergarten.hex
        rooms.setdefault(owner, {})[room.name] = Room(room.id.hex, owner, *days, *births[room.age], 30)
    values: dict[str, Any] = {
        "today": TODAY,
        "school_year": 2026,
        "kindergartens": {room.kindergarten.hex: (room.kindergarten_name, room.school_code) for room in ROOMS},
        "rooms": rooms,
        "codes": {
            column.codes: {row["label_zh"]: code for code, row in entries(column.codes).items()}
            | {code: code for code in entries(column.codes)}
            for column in COLUMNS
            if column.codes
        },
        "divisions": dict.fromkeys(rolls.TOWNS, "110116001") | {"110116001": "110116001", "同名村": None},
        "disability_schemes": {"gb-1": "GB/T 26341-2010"},
    }
    return Reference(**(values | changes))


def found(**cells: str) -> list[tuple[str, str]]:
    row = rolls.rows(ROOMS, 1)[0] | cells
    _, faults = Checker(reference(), HEADER).check(2, [row[key] for key in KEYS])
    return [(each.field, each.code) for each in faults]


def test_a_sound_row_is_stored_as_it_reads():
    row = rolls.rows(ROOMS, 1)[0]
    entry, faults = Checker(reference(), HEADER).check(2, [row[key] for key in KEYS])
    assert faults == []
    assert entry is not None
    assert (entry.room.id, entry.name, entry.number) == (ROOMS[0].id.hex, row["name"], row["document_number"])
    assert entry.common.values == {
        "document_type": "1",
        "sex": "2",
        "ethnicity": "01",
        "nationality": "156",
        "household_division": "110116",
        "residence_division": "110116001",
        "overseas_kind": "0",
        "disability_kind": None,
        "reason_in": "new",
        "guardian1_relation": "52",
        "guardian1_document_type": "1",
        "guardian2_relation": "61",
    }


@pytest.mark.parametrize(("field", "code", "spoil"), ALONE, ids=[f"{field} {code}" for field, code, _ in ALONE])
def test_a_fault_is_found_where_it_is_and_makes_no_other(field: str, code: str, spoil: Any):
    row = rolls.rows(ROOMS, 1)[0]
    spoil(row)
    assert found(**row) == [(field, code)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"nationality": "", "overseas_kind": "", "reason_in": "", "ethnicity": ""}, []),
        ({"nationality": "840"}, []),
        ({"name": "阿依古丽·买买提"}, []),
        ({"name": "Anna-Maria O'Neil"}, []),
        ({"name": " 王 安 "}, []),
        ({"name": "王安1"}, [("name", "name-characters")]),
        ({"name": "@SUM(A1)"}, [("name", "name-characters")]),
        ({"guardian1_phone": "(010) 6964-4321"}, []),
        ({"guardian1_phone": "+8613900000000"}, []),
        ({"guardian1_document": ""}, []),
        ({"guardian1_document_type": "护照", "guardian1_document": "E12345678"}, []),
        ({"residence_division": "同名村"}, [("residence_division", "division-ambiguous")]),
        ({"school_code": ""}, []),
        ({"kindergarten": ""}, []),
        ({"school_code": "", "kindergarten": ""}, [("kindergarten", "kindergarten-missing")]),
        ({"class_name": ""}, [("class_name", "value-missing")]),
        ({"class_name": "中1班"}, [("birth_date", "age-outside-class-kind")]),
        ({"since": "2026-08-31"}, [("since", "entry-outside-school-year")]),
        ({"since": "2027-08-31"}, []),
        (
            {
                "document_type": "护照",
                "document_number": "E12345678",
                "birth_date": "2026-11-24",
                "since": "2026-12-01",
            },
            [("birth_date", "birth-in-future")],
        ),
        (
            {"document_type": "护照", "document_number": "E12345678", "birth_date": "2026-09-01"},
            [("birth_date", "birth-after-entry")],
        ),
        ({"document_type": "没有这种"}, [("document_type", "code-unknown")]),
    ],
)
def test_what_a_row_may_and_may_not_say(cells: dict[str, str], expected: list[tuple[str, str]]):
    assert found(**cells) == expected


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2023-05-01", "2023-05-01"),
        ("2023/5/1", "2023-05-01"),
        ("2023.5.1", "2023-05-01"),
        ("2023年5月1日", "2023-05-01"),
        ("20230501", "2023-05-01"),
        ("2023-05-01 00:00:00", "2023-05-01"),
        ("2023-02-30", None),
        ("1023-05-01", None),
        ("45047", None),
        ("01/05/2023", None),
        ("", None),
    ],
)
def test_dates_are_understood_as_people_write_them(written: str, meant: str | None):
    assert day(written) == meant


def test_a_misspelt_value_is_answered_with_the_nearest():
    row = rolls.rows(ROOMS, 1)[0] | {"ethnicity": "维吾儿族"}
    _, (fault,) = Checker(reference(), HEADER).check(2, [row[key] for key in KEYS])
    assert fault.zh == "不在代码表内;是否为“维吾尔族”?"
    assert fault.en == "Not in the code list; did you mean '维吾尔族'?"


def test_a_line_for_copy_has_its_columns_and_no_number_in_clear():
    checker, sealer = Checker(reference(), HEADER), Sealer(KEYRING, {})
    for row in rolls.rows(ROOMS, 2):
        entry, _ = checker.check(2, [row[key] for key in KEYS])
        assert entry is not None
        line = sealer.line(2, entry, KEYRING.blind("x"))
        cells = dict(zip(STAGED, line.removesuffix("\n").split("\t"), strict=True))
        for secret in ("document_number", "guardian1_phone", "guardian1_document", "guardian2_phone"):
            assert not row[secret] or row[secret] not in line
        child = bytes.fromhex(cells["child"])
        assert KEYRING.decrypt(bytes.fromhex(cells["document_sealed"][3:]), child) == row["document_number"]
        guardian = bytes.fromhex(cells["first_id"])
        assert KEYRING.decrypt(bytes.fromhex(cells["first_phone_sealed"][3:]), guardian) == row["guardian1_phone"]
        assert (cells["second_id"] == "\\N") == (row["guardian2_name"] == "")


def test_headers_are_known_by_other_names_and_emphasis():
    header = understand(["* 姓名 ", "ＮＡＭＥ", "身份证号码", "备注", "", "原行号"])
    assert header.positions[KEYS.index("name")] == 0
    assert header.positions[KEYS.index("document_number")] == 2
    assert header.nameless == (4,)
    assert {(each.code, each.header) for each in header.faults if each.code != "column-missing"} == {
        ("column-twice", "ＮＡＭＥ"),
        ("column-unknown", "备注"),
    }
