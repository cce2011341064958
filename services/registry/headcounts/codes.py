"""Words of certification, with their Chinese."""

from shared.schemas import Code


class HeadcountState(Code):
    """Where a month of a kindergarten stands on its way to certification."""

    CORRECTING = "correcting", "更正中", "being corrected"
    PREPARED = "prepared", "待核定", "prepared, waiting for a second person"
    CERTIFIED = "certified", "已核定", "certified"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
