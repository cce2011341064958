import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.registry.rolls import reading
from services.registry.rolls.reading import Unreadable, blocks, format_of, records, text_source
from tests.registry.rolls import made as rolls

CELL = some.text(some.characters(codec="utf-8", exclude_characters="\r"), max_size=6)


@pytest.mark.parametrize(
    ("name", "head", "format"),
    [
        ("a.csv", b"x", "csv"),
        ("a", b"x", "csv"),
        ("a.txt", b'{"name": 1}', "ndjson"),
        ("a.jsonl", b"x", "ndjson"),
        ("a.csv", b"PK\x03\x04", "xlsx"),
    ],
)
def test_the_format_is_known_by_content_before_name(name: str, head: bytes, format: str):
    assert format_of(name, head) == format


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_are_recognised(encoding: str, delimiter: str):
    source = text_source("csv", f"姓名{delimiter}性别\r\n王安{delimiter}男\r\n".encode(encoding))
    assert source.header == ["姓名", "性别"]
    assert [row for block in blocks(source) for row in records(source.dialect, block.content)] == [["王安", "男"]]


def test_a_file_in_no_encoding_is_unreadable():
    with pytest.raises(Unreadable):
        text_source("csv", b"\x80\x81\xff\xff\n")


@settings(max_examples=60, deadline=None)
@given(some.lists(some.lists(CELL, min_size=2, max_size=3), min_size=1, max_size=40), some.integers(1, 60))
def test_blocks_together_are_the_file_and_count_its_rows(rows: list[list[str]], size: int):
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([["a", "b"], *rows])
    source = text_source("csv", written.getvalue().encode())
    expected = list(csv.reader(io.StringIO(written.getvalue(), newline="")))[1:]
    before = reading.SMALLEST_BLOCK, reading.LARGEST_BLOCK
    reading.SMALLEST_BLOCK = reading.LARGEST_BLOCK = size
    try:
        found = [
            (block.first + place, row)
            for block in blocks(source)
            for place, row in enumerate(records(source.dialect, block.content))
        ]
    finally:
        reading.SMALLEST_BLOCK, reading.LARGEST_BLOCK = before
    assert found == [(number, row) for number, row in enumerate(expected, 2)]


def test_an_unclosed_quote_in_a_large_file_costs_no_more_than_reading_it():
    content = b"a,b\n" + b'"' + b"x,y\n" * 200_000
    assert sum(1 for _ in blocks(text_source("csv", content))) == 1


def test_rolls_for_tests_never_repeat_a_document():
    rooms = rolls.rooms(40)
    numbers = [row["document_number"] for row in rolls.rows(rooms, 1000)]
    assert len(set(numbers)) == 1000
