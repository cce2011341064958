"""Words of the payroll proofs, with their Chinese."""

from shared.schemas import Code


class SheetState(Code):
    """工资社保证明: filed by the kindergarten, accepted or returned by an officer; a later one replaces it."""

    FILED = "filed", "已申报", "filed"
    ACCEPTED = "accepted", "已受理", "accepted"
    RETURNED = "returned", "已退回", "returned"
    REPLACED = "replaced", "已替换", "replaced"


class Insurance(Code):
    """五险."""

    PENSION = "pension", "养老", "pension"
    MEDICAL = "medical", "医疗", "medical"
    UNEMPLOYMENT = "unemployment", "失业", "unemployment"
    INJURY = "injury", "工伤", "work injury"
    MATERNITY = "maternity", "生育", "maternity"


class InsuranceExemption(Code):
    """Why nothing is paid in for somebody here."""

    RETIRED = "retired", "退休返聘", "retired and employed again"
    ELSEWHERE = "elsewhere", "在其他单位参保", "insured by another employer"
