"""Words of the exchange with the departments in charge, with their Chinese."""

from shared.schemas import Code


class ContributionSource(Code):
    """反馈部门 (三(四)3-d)."""

    SOCIAL_SECURITY = "social_security", "人力资源和社会保障部门", "human resources and social security"
    MEDICAL_SECURITY = "medical_security", "医疗保障部门", "medical security"
    TAX = "tax", "税务部门", "tax authority"
    HOUSING_FUND = "housing_fund", "住房公积金管理部门", "housing fund centre"
