"""Dated numbers with their authority."""

from datetime import date

import pytest

from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import Parameter, in_force
from shared.parameters import NoParameterInForce

ALL = PARAMETERS


def parameter(value: str, since: date, until: date | None = None) -> Parameter:
    return Parameter("class_size", "small", value, "a document", "an article", since, until, "known")


def test_every_parameter_says_how_sure_it_is_and_who_set_it() -> None:
    for row in ALL:
        assert row.tag in {"verified", "known", "uncertain", "illustrative"}
        assert row.document
        if row.tag == "verified":
            assert row.article


def test_what_holds_depends_on_the_day() -> None:
    old = parameter("25", date(2016, 3, 1), date(2026, 1, 1))
    new = parameter("23", date(2026, 1, 1))
    assert in_force([old, new], "class_size", date(2025, 12, 31), "small") is old
    assert in_force([new, old], "class_size", date(2026, 1, 1), "small") is new


def test_a_newer_document_replaces_one_that_was_never_ended() -> None:
    old, new = parameter("25", date(2016, 3, 1)), parameter("23", date(2026, 1, 1))
    assert in_force([new, old], "class_size", date(2026, 9, 1), "small") is new


@pytest.mark.parametrize(("key", "on"), [("small", date(2016, 2, 29)), ("huge", date(2026, 1, 1))])
def test_a_gap_is_never_filled_by_a_guess(key: str, on: date) -> None:
    with pytest.raises(NoParameterInForce):
        in_force(ALL, "class_size", on, key)
