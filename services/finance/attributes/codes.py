"""Words of what officers establish about a kindergarten, with their Chinese."""

from shared.schemas import Code


class Attribute(Code):
    """What a subsidy needs to know that no other service tells. Dated, with its evidence, by two persons."""

    VILLAGE_LEVEL = "village_level", "村级公办园", "village-level public kindergarten"  # value 1
    RENTED_AREA = "rented_area", "租赁面积(平方米)", "rented area in m²"
    RENT_PRICE = "rent_price", "租金(元/平方米/日)", "rent in yuan per m² and day"
    PLACES_ADDED = "places_added", "新增学位数", "places added"  # counts once, in the month of `since`
    PROJECT_AMOUNT = "project_amount", "改善项目核定金额(元)", "approved amount of a project"  # once, likewise


class AttributeState(Code):
    PROPOSED = "proposed", "待审批", "proposed"
    APPROVED = "approved", "已确认", "approved"
    REJECTED = "rejected", "已驳回", "rejected"
    REVOKED = "revoked", "已撤销", "revoked"
