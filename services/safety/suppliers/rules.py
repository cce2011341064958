"""Food is bought from licensed firms only; who watches their licences hears of it in time. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from services.safety.parameters.rules import Parameter, number
from services.safety.suppliers.codes import SupplierStanding
from services.safety.timers.rules import Due
from shared.contracts.roles import Role

BASIS = "中华人民共和国食品安全法第五十七条;食品安全法实施条例第二十八条"
GARDEN = (Role.PRINCIPAL.value, Role.CLERK.value)
OFFICE = (*GARDEN, Role.SAFETY_OFFICER.value)


def standing(
    parameters: Iterable[Parameter], licence_until: date, since: date, until: date | None, on: date
) -> SupplierStanding:
    """A licence holds on its last day; supply ends before `until`."""
    if on < since or (until is not None and until <= on):
        return SupplierStanding.ENDED
    if licence_until < on:
        return SupplierStanding.EXPIRED
    soon = number(parameters, "supplier_warning_days", on)
    return SupplierStanding.EXPIRING if licence_until <= on + timedelta(soon) else SupplierStanding.VALID


def ladder(parameters: Iterable[Parameter], supplier: Any, on: date) -> list[Due]:
    """The warning before a licence ends, and the day after it ended, while it supplies."""
    soon = timedelta(number(parameters, "supplier_warning_days", on))
    steps = [
        Due("licence_expiring", supplier.licence_until - soon, GARDEN, BASIS),
        Due("licence_expired", supplier.licence_until + timedelta(1), OFFICE, BASIS),
    ]
    return [each for each in steps if supplier.until is None or each.on < supplier.until]
