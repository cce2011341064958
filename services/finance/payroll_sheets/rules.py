"""Which step a month's proof may take."""

from typing import Final

from services.finance.permissions import May
from shared.machine import Machine, Verb, other_than, states

MACHINE: Final[Machine] = {
    "file": Verb("重新申报", May.FILE_PAYROLL, states("filed", "accepted", "returned", "replaced")),
    "decide": Verb("受理", May.ACCEPT_PAYROLL, states("filed"), guards=(other_than("受理", "filed_by"),)),
}
