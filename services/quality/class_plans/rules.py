"""班级保教计划 (第17要点): when a plan begins, and words in it that the negative list 小学化 warns of. Pure."""

from datetime import date
from typing import Final

# Words of primary school (教基厅函〔2018〕57号, first and second task). A word is a reason to look, not a finding.
WORDS: Final = (
    "拼音",
    "识字",
    "写字",
    "算术",
    "笔算",
    "计算题",
    "英语课",
    "家庭作业",
    "考试",
    "测验",
    "听写",
    "背诵课文",
    "抄写",
)
TERMS: Final = ((2, 1), (9, 1))


def begins_right(kind: str, begin: date) -> bool:
    """A week begins on a Monday, a term on 1 February or 1 September."""
    return begin.weekday() == 0 if kind == "week" else (begin.month, begin.day) in TERMS


def suspect(text: str) -> list[str]:
    """Words of primary school in a plan."""
    return [word for word in WORDS if word in text]
