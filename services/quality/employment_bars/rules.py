"""Resident identity numbers, as far as a bar needs them. Pure."""

import re
from datetime import date
from http import HTTPStatus

from shared.errors import DomainError

FORM = re.compile(r"^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$")


class NumberIsNotValid(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "公民身份号码校验不通过。"
    en = "The resident identity number does not check."


def normal_number(text: str) -> str | None:
    """The number as it is compared, or None: 18 characters, a day of birth, the check digit of GB 11643-1999."""
    plain = re.sub(r"\s", "", text).upper()
    found = FORM.match(plain)
    if found is None:
        return None
    try:
        date(*(int(each) for each in found.groups()))
    except ValueError:
        return None
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(plain[:17]))
    return plain if "10X98765432"[total % 11] == plain[17] else None
