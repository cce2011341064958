"""伙食费收支盈亏: how far a term's meal money may be out (托儿所幼儿园卫生保健工作规范 2012). Pure."""

from decimal import Decimal


def is_out_of_balance(income: Decimal, cost: Decimal, share: Decimal) -> bool:
    """FIN-10: surplus or deficit of the term above `share` of what came in. Nothing in and something spent is out."""
    return abs(income - cost) > income * share
