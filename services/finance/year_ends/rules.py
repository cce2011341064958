"""年终结转: income and expense of a year are carried into net assets."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from services.finance.entries.rules import Line

# Where a year's result goes (政府会计制度: 本期盈余 into 累计盈余; 民间非营利组织会计制度: 净资产).
SURPLUS: Final = {"government": "3001", "nonprofit": "3101"}
RESTRICTED: Final = "3102"
RESTRICTED_INCOME: Final = frozenset({"430102", "440102"})  # 限定性收入 of the standard of 2026


def carried_forward(standard: str, balances: Mapping[str, Decimal]) -> tuple[Line, ...]:
    """The lines that bring every income and expense account to zero; `balances` are debit minus credit.

    Restricted income goes into restricted net assets, all else into the unrestricted ones.
    """
    turned = [Line(code, -balance, "年终结转") for code, balance in sorted(balances.items()) if balance]
    restricted = sum((b for code, b in balances.items() if code in RESTRICTED_INCOME), Decimal(0))
    free = sum(balances.values(), Decimal(0)) - restricted
    into = [(SURPLUS[standard], free), (RESTRICTED, restricted)]
    return (*turned, *(Line(code, amount, "年终结转") for code, amount in into if amount))
