"""Words of the related parties, with their Chinese."""

from shared.schemas import Code


class PartyRelation(Code):
    """关联方 (民办教育促进法实施条例 art. 45)."""

    FOUNDER = "founder", "举办者", "founder"
    CONTROLLER = "controller", "实际控制人", "actual controller"
    PRINCIPAL = "principal", "园长", "principal"
    DIRECTOR = "director", "理事/董事", "director"
    SUPERVISOR = "supervisor", "监事", "supervisor"
    FINANCE_HEAD = "finance_head", "财务负责人", "head of finance"
    CONTROLLED = "controlled", "相互控制或影响的组织或个人", "party under mutual control or influence"
