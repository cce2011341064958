"""Words of the units that carry the plan out, with their Chinese."""

from shared.schemas import Code


class PlanUnitKind(Code):
    """What a responsible unit 责任单位 is."""

    DEPARTMENT = "department", "部门", "department"
    TOWN = "town", "镇乡", "town"
    STREET = "street", "街道", "street"
    COLLECTIVE = "collective", "统称", "several units named together"
