"""Words of attendance, with their Chinese."""

from shared.schemas import Code


class Mark(Code):
    """考勤: what one half day of one child was."""

    PRESENT = "present", "出勤", "present"
    SICK = "sick", "病假", "absent, sick"
    LEAVE = "leave", "事假", "absent with leave"
    ABSENT = "absent", "缺勤", "absent without word"
    ISOLATED = "isolated", "隔离", "kept at home, infectious disease"
    HOLIDAY = "holiday", "休假", "holiday of the family"


# How a month is written: one letter a half day. `_` is a half day nobody has taken yet; in LIKE it stands for any
# letter, so that `marks LIKE former` says in one comparison that nothing taken before was changed.
LETTERS = {
    Mark.PRESENT: "P",
    Mark.SICK: "S",
    Mark.LEAVE: "L",
    Mark.ABSENT: "A",
    Mark.ISOLATED: "Q",
    Mark.HOLIDAY: "H",
}
MARKS = {letter: mark for mark, letter in LETTERS.items()}
NOT_TAKEN = "_"
WIDTH = 62
