from shared.schemas import Code


class WeakReason(Code):
    """薄弱园认定依据."""

    INSPECTION_FAILED = "inspection_failed", "年检不合格", "annual inspection failed"
    INSPECTION_CONDITIONAL = "inspection_conditional", "年检基本合格", "annual inspection conditional"
    GRADE_UNQUALIFIED = "grade_unqualified", "评估不合格", "evaluation unqualified"
    STAFF_RATIO = "staff_ratio", "教职工配备不足", "too few staff"
    CARE_RATIO = "care_ratio", "保教人员配备不足", "too few teachers and carers"
    LARGE_CLASSES = "large_classes", "大班额", "classes above their size"
    MAJOR_HAZARD = "major_hazard", "重大隐患未销号", "open major hazard"
    ACCOUNT_ALERT = "account_alert", "账户预警未了结", "open account alert"
    ETHICS = "ethics", "严重师德失范", "serious ethics violation"
    PRIMARY_STYLE = "primary_style", "查实小学化", "primary-school ways confirmed"
