"""What a framework may hold. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# 教基〔2022〕1号: testing children directly to judge a kindergarten is strictly forbidden; QUA-10 refuses such forms.
CHILD = re.compile(r"(幼儿|儿童|孩子|宝宝|child(ren)?('s)?\b)", re.IGNORECASE)
MEASURE = re.compile(
    r"(得分|打分|评分|分数|成绩|排名|名次|测评|测试|测验|测查|考试|智商|发展水平评|达标率|\bscore|\brank|\btest|\bgrade[sd]?\b|\bIQ\b)",
    re.IGNORECASE,
)
FORBIDS = re.compile(r"(不得|严禁|禁止|不|无|未)[^,。;]{0,12}$")


def scores_children(text: str) -> bool:
    """Whether the words ask for a score, test or rank of children; a sentence that forbids one does not.

    The measure counts where it stands in the same sentence as the child and no word before it forbids it.
    """
    return any(
        CHILD.search(sentence)
        and any(not FORBIDS.search(sentence[: each.start()]) for each in MEASURE.finditer(sentence))
        for sentence in re.split(r"[。;\n]", text)
    )


# A figure given to one child: 95分, 第3名, A级. Minutes and shares are not marks.
MARK = re.compile(
    r"\d\s*分(?![钟之享工组类开别])|第\s*[\d一二三四五六七八九十]+\s*名|[A-Da-d][+-]?\s*[级等]|[优良中差]等"
)


def assesses_a_child(text: str) -> bool:
    """Whether words that speak of one child all along give it a mark, a test or a rank."""
    return bool(MARK.search(text)) or any(
        not FORBIDS.search(sentence[: each.start()])
        for sentence in re.split(r"[。;\n]", text)
        for each in MEASURE.finditer(sentence)
    )


@dataclass(frozen=True, slots=True)
class Node:
    """The place of an item in its framework."""

    code: str
    parent: str
    level: str


PARENTS = {"area": ("",), "indicator": ("area",), "point": ("", "area", "indicator")}


def misplaced(nodes: Iterable[Node]) -> list[str]:
    """Codes of items that repeat a code, or whose parent is missing or of the wrong level."""
    nodes = list(nodes)
    levels = {each.code: each.level for each in nodes}
    seen: set[str] = set()
    wrong: list[str] = []
    for each in nodes:
        above = levels.get(each.parent) if each.parent else ""
        if each.code in seen or above not in PARENTS[each.level]:
            wrong.append(each.code)
        seen.add(each.code)
    return wrong
