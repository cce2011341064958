"""Words of the difference between a frozen figure and the same figure today."""

from shared.schemas import Code


class Change(Code):
    """What became of a row behind a frozen figure."""

    ENTERED = "entered", "新增", "counted now, not then"
    LEFT = "left", "不再计入", "counted then, not now"
    RECOUNTED = "recounted", "数量变动", "counted for another amount"


class Reason(Code):
    """Why, as far as the register has recorded it since."""

    RECORDED_LATER = "recorded_later", "冻结后补录", "recorded after the freeze"
    REMOVED = "removed", "记录已撤销", "the record was withdrawn"
    CORRECTED = "corrected", "记录已更正", "the record itself was corrected"
    TYPE_CHANGED = "type_changed", "办园性质变更", "the type of the kindergarten was changed"
    CLASS_CHANGED = "class_changed", "班级信息变更", "the class was changed"
    BIRTH_CORRECTED = "birth_corrected", "出生日期更正", "the child's record was corrected"
    RECOUNTED = "recounted", "人口数更新", "the population was counted again"
    OTHER = "other", "其他", "something else it depends on"
