"""Which role may be held where, beside which other, and who may grant it."""

from collections.abc import Collection, Iterable

from shared.auth import KINDERGARTEN as KINDERGARTEN_SCOPE
from shared.contracts.roles import KINDERGARTEN, MACHINES, Role

# 不相容岗位分离: who prepares money does not approve it; who administers accounts does not audit what they do.
SEPARATED = (
    frozenset({Role.FINANCE_PREPARER, Role.FINANCE_APPROVER}),
    frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
    frozenset({Role.ADMINISTRATOR, Role.DATA_PROTECTION}),
)


def covers(divisions: Iterable[str], scope: str, district: str) -> bool:
    """Whether someone in charge of these divisions is in charge of the scope.

    A kindergarten counts as inside the district only: here nobody knows in which town it lies.
    """
    place = district if scope.startswith(KINDERGARTEN_SCOPE) else scope
    return any(place.startswith(division) for division in divisions)


def is_fit(role: Role, scope: str, *, machine: bool) -> bool:
    """Roles of a kindergarten are held at kindergartens; roles of machines by machines, and they hold no others."""
    if role in KINDERGARTEN and not scope.startswith(KINDERGARTEN_SCOPE):
        return False
    return (role in MACHINES) == machine


def separated_from(role: Role, held: Collection[str]) -> Role | None:
    """A role already held that nobody may hold together with this one."""
    apart = {other for pair in SEPARATED if role in pair for other in pair if other != role}
    return next((other for other in sorted(apart) if other in held), None)
