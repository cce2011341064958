from shared.schemas import Code


class MeasureState(Code):
    """举措落实情况."""

    PLANNED = "planned", "已计划", "planned"
    UNDER_WAY = "under_way", "推进中", "under way"
    CARRIED_OUT = "carried_out", "已落实", "carried out"
