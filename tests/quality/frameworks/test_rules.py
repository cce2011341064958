"""QUA-10: nothing scores or ranks a child; a framework hangs together."""

import pytest

from services.quality.frameworks.rules import Node, misplaced, scores_children


@pytest.mark.parametrize(
    "text",
    [
        "幼儿语言能力得分(0—100)",
        "对每名幼儿的发展水平进行测评",
        "班级幼儿排名",
        "儿童识字测试",
        "Score of each child",
        "重视观察。记录幼儿数学成绩",
    ],
)
def test_words_that_score_children_are_found(text: str):
    assert scores_children(text)


@pytest.mark.parametrize(
    "text",
    [
        "不得对幼儿进行测试",
        "严禁用直接测查幼儿能力和发展水平的方式评估幼儿园",
        "教师培训考试成绩",
        "认真观察幼儿行为表现并做必要记录",
        "幼儿园规模与班额符合规定",
        "幼儿户外活动时间。园所得分按等级计算",
    ],
)
def test_other_words_are_not(text: str):
    assert not scores_children(text)


def test_items_hang_under_the_level_above_them():
    tree = [Node("A", "", "area"), Node("B", "A", "indicator"), Node("P", "B", "point"), Node("Q", "", "point")]
    assert misplaced(tree) == []
    assert misplaced([Node("A", "", "area"), Node("B", "", "indicator")]) == ["B"]
    assert misplaced([Node("A", "", "area"), Node("A", "", "area")]) == ["A"]
    assert misplaced([Node("P", "Z", "point")]) == ["P"]
