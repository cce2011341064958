"""Words of the kindergarten register, with their Chinese."""

from shared.schemas import Code


class Type(Code):
    """办园性质: who runs a kindergarten and on which terms (学前教育法 art. 23-24)."""

    PUBLIC = "public", "公办", "public"
    INCLUSIVE_PRIVATE = "inclusive_private", "普惠性民办", "inclusive private"
    PRIVATE = "private", "非普惠性民办", "private"


class Status(Code):
    """Life of a kindergarten, from plan to closure."""

    PROPOSED = "proposed", "拟设", "proposed"
    PREPARING = "preparing", "筹设", "preparing"
    OPERATING = "operating", "正常", "operating"
    SUSPENDED = "suspended", "暂停", "suspended"
    CLOSED = "closed", "终止", "closed"


class Relation(Code):
    """How a kindergarten stands to the one it belongs to."""

    BRANCH = "branch", "分园", "branch kindergarten"
    ATTACHED = "attached", "附设幼儿班", "class attached to a school"


class Verb(Code):
    """What can be done with a registered kindergarten."""

    EDIT = "edit", "修改登记", "edit the entry"
    CHANGE_TYPE = "change_type", "变更办园性质", "change the type"
    CHANGE_STATUS = "change_status", "变更状态", "change the status"
    ADD_CAMPUS = "add_campus", "增加园址", "add a campus"
    ADD_BRANCH = "add_branch", "设立分园", "add a branch"
