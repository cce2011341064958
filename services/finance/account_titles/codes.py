"""Words of the chart of accounts, with their Chinese."""

from shared.schemas import Code


class AccountingStandard(Code):
    """会计制度: which standard a book is kept by."""

    GOVERNMENT = "government", "政府会计制度", "government accounting"
    NONPROFIT = "nonprofit", "民间非营利组织会计制度", "private non-profit accounting"


class AccountElement(Code):
    """会计要素. The three budget elements are the second, parallel book of the government standard."""

    ASSET = "asset", "资产", "asset"
    LIABILITY = "liability", "负债", "liability"
    NET_ASSET = "net_asset", "净资产", "net asset"
    INCOME = "income", "收入", "income"
    EXPENSE = "expense", "费用", "expense"
    BUDGET_INCOME = "budget_income", "预算收入", "budget income"
    BUDGET_EXPENSE = "budget_expense", "预算支出", "budget expense"
    BUDGET_BALANCE = "budget_balance", "预算结余", "budget balance"


class AccountSide(Code):
    """余额方向."""

    DEBIT = "debit", "借", "debit"
    CREDIT = "credit", "贷", "credit"


class ValueTag(Code):
    """How sure a published value is; `illustrative` has no authority and only lets the software run."""

    VERIFIED = "verified", "已核实", "verified"
    KNOWN = "known", "通行做法", "known"
    UNCERTAIN = "uncertain", "待核实", "uncertain"
    ILLUSTRATIVE = "illustrative", "示意值", "illustrative"
