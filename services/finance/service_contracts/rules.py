"""Which step a contract for purchased services may take."""

from typing import Final

from services.finance.permissions import May
from shared.machine import Machine, Verb, other_than, states

MACHINE: Final[Machine] = {
    "decide": Verb("受理", May.ACCEPT_PAYROLL, states("filed"), guards=(other_than("受理", "filed_by"),)),
}
