"""Words of absences of children and of their health examinations, with their Chinese."""

from shared.schemas import Code


class AbsenceState(Code):
    """Whether the child is back."""

    AWAY = "away", "离园中", "away"
    RETURNED = "returned", "已返园", "returned"
    WITHDRAWN = "withdrawn", "已撤销", "withdrawn: the child never left"


class AbsenceCause(Code):
    """Why a child is away."""

    ILLNESS = "illness", "因病", "illness"
    INFECTIOUS = "infectious", "传染病隔离", "an infectious disease"
    PERSONAL = "personal", "事假", "for the family's reasons"
    LEFT = "left", "离园(登记事实)", "left, as the register tells"
    OTHER = "other", "其他", "other"


class ExamKind(Code):
    """Which health examination."""

    ENTRY = "entry", "入园体检", "on entry"
    RETURN = "return", "返园体检", "before return"
    YEARLY = "yearly", "年度体检", "yearly"
