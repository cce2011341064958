"""The files this service is published with."""

from collections import Counter
from datetime import date

import pytest

from services.quality import data
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import in_force, number
from shared.parameters import NoParameterInForce

FILES = sorted(path.stem for path in data.FOLDER.glob("*.csv"))


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_every_column(name: str):
    for row in data.rows(name):
        assert None not in row
        assert None not in row.values()


def test_every_number_says_its_authority_or_that_it_is_illustrative():
    assert all(each.document and each.label_zh and each.unit for each in PARAMETERS)
    assert {each.tag for each in PARAMETERS} <= {"verified", "known", "uncertain", "illustrative"}
    named = Counter((each.name, each.since) for each in PARAMETERS)
    assert [key for key, count in named.items() if count > 1] == []
    assert all(
        "演示" in each.document for each in PARAMETERS if each.tag == "illustrative" and "未取得" not in each.document
    )


def test_a_number_holds_from_its_day():
    assert number(PARAMETERS, "inspector_load", date(2019, 1, 1)) == 5
    with pytest.raises(NoParameterInForce):
        in_force(PARAMETERS, "inspector_load", date(2018, 12, 31))


def test_the_negative_list_of_books_has_twelve_items_and_the_guide_its_points():
    assert len(data.rows("book_negatives")) == 12
    points = [row for row in data.rows("framework_items") if row["framework"] == "guide" and row["level"] == "point"]
    assert [row["code"] for row in points] == [f"P{n:02}" for n in range(1, 49)]
    assert all(row["text_status"] != "official" for row in points)
