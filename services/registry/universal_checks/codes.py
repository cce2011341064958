"""Words of the district's self-check for 双普 县域学前教育普及普惠督导评估, with their Chinese."""

from shared.schemas import Code


class UniversalSource(Code):
    """Where the state of an item comes from."""

    COMPUTED = "computed", "系统计算", "computed by the registry"
    ENTERED = "entered", "据证据录入", "entered from evidence"
