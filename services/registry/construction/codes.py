"""Words of building kindergartens 配套园与新改扩建, with their Chinese."""

from shared.schemas import Code


class ConstructionKind(Code):
    """What is built."""

    RESIDENTIAL = "residential", "小区配套园", "kindergarten of a residential area"
    NEW = "new", "新建", "new kindergarten"
    REBUILDING = "rebuilding", "改扩建", "rebuilt or enlarged"


class ConstructionState(Code):
    UNDERWAY = "underway", "推进中", "under way"
    OPENED = "opened", "已开园", "opened"
    CANCELLED = "cancelled", "已取消", "cancelled"


class ConstructionTrack(Code):
    """Whose step it is: of the kindergarten, or of the first phase of the housing it belongs to."""

    KINDERGARTEN = "kindergarten", "幼儿园", "kindergarten"
    HOUSING = "housing", "首期住宅", "housing, first phase"


class ConstructionStep(Code):
    """The five steps that are synchronised (学前教育法 art. 26), in their order."""

    PLAN = "plan", "规划", "planned"
    DESIGN = "design", "设计", "designed"
    BUILD = "build", "建设", "built"
    ACCEPT = "accept", "验收", "accepted"
    DELIVER = "deliver", "交付使用", "handed over for use"


class ConstructionNature(Code):
    """办园性质 decided for a kindergarten of a residential area: never for profit."""

    PUBLIC = "public", "公办", "public"
    ENTRUSTED = "entrusted", "委托办成普惠性民办", "entrusted, inclusive private"


class ConstructionFindingKind(Code):
    """What an officer should look at."""

    OUT_OF_STEP = "out_of_step", "与住宅不同步", "later than the housing"
    MILESTONE_OVERDUE = "milestone_overdue", "节点逾期", "a milestone is overdue"
    PROPERTY_OVERDUE = "property_overdue", "逾期未移交产权", "property right not handed over in time"
    REPORT_MISSING = "report_missing", "缺月报", "monthly report missing"
    UNDERSIZED = "undersized", "配建学位不足", "fewer seats than the housing needs"
    TOO_LARGE = "too_large", "规模偏大", "larger than a kindergarten should be"
    CLASSES_TOO_FEW = "classes_too_few", "规划班数不足", "too few classes for its seats"
    OBSTACLE_OVERDUE = "obstacle_overdue", "问题逾期未解决", "an obstacle is past its day"


class ConstructionSeverity(Code):
    WARN = "warn", "预警", "warning"
    RED = "red", "红色", "red"
