"""综合督导计分: points, what is counted, what is left out."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from services.registry.parameters.published import PARAMETERS
from services.registry.plan_scorecards.rules import Line, Reached, Scored, lines, score
from services.registry.plan_tasks.rules import Work, report_due

ON, DUE = date(2025, 7, 20), date(2025, 6, 30)
WEIGHTS = {"done": Decimal(25), "on_time": Decimal(15), "reports": Decimal(15), "quality": Decimal(20)}
WEIGHTS |= {"indicators": Decimal(25)}
Q1, Q2 = date(2025, 1, 1), date(2025, 4, 1)
OPEN = Work("assigned", DUE, Q1, None, None, {Q1: report_due(Q1, PARAMETERS), Q2: report_due(Q2, PARAMETERS)})
DONE = replace(OPEN, state="completed", submitted_on=DUE, closed_on=date(2025, 7, 10))


def scored(*works: Work, figures: tuple[Reached, ...] = (), judged: tuple[Reached, ...] = ()) -> dict[str, Line]:
    tasks = [Scored(str(at), f"任务{at}", work) for at, work in enumerate(works)]
    return {each.criterion.value: each for each in lines(tasks, figures, judged, WEIGHTS, PARAMETERS, ON)}


def test_every_point_is_a_share_and_every_missing_one_has_its_reason():
    figures = (Reached("t", "公办园占比", "37.50 / 50.00", False), Reached("u", "入园率", "99.00 / 98.00", True))
    judged = (Reached("k", "甲园", "年检不合格", False), *(Reached(str(n), "园", "", True) for n in range(4)))
    found = scored(OPEN, DONE, figures=figures, judged=judged)
    assert {name: (each.reached, each.of, str(each.points)) for name, each in found.items()} == {
        "done": (1, 2, "12.50"),
        "on_time": (1, 2, "7.50"),
        "reports": (4, 4, "15.00"),
        "quality": (4, 5, "16.00"),
        "indicators": (1, 2, "12.50"),
    }
    assert score(found.values()) == Decimal("63.5")
    assert [each.zh for name in ("done", "on_time", "quality", "indicators") for each in found[name].reasons] == [
        "未完成",
        "期限2025-06-30,未按期完成",
        "年检不合格",
        "未达标:37.50 / 50.00",
    ]


def test_what_has_nothing_to_count_is_left_out():
    found = scored(replace(OPEN, due_on=date(2025, 12, 31)))
    assert (found["on_time"].of, found["on_time"].points) == (0, None)
    assert (found["indicators"].of, found["indicators"].points) == (0, None)
    assert score(found.values()) == Decimal("37.5")  # 0 of 25 and 15 of 15
    assert score(scored().values()) is None


def test_a_figure_that_does_not_exist_is_neither_reached_nor_missed():
    found = scored(figures=(Reached("t", "入园率", "None / 98.00", None),))
    assert found["indicators"].of == 0


def test_drafts_and_what_was_given_up_do_not_count():
    drafted = replace(OPEN, state="draft", assigned_on=None, reported={})
    dropped = replace(OPEN, state="cancelled", closed_on=ON, reported={})
    found = scored(drafted, dropped)
    assert found["done"].of == 0
    later = replace(dropped, closed_on=ON + timedelta(1))
    assert scored(later)["done"].of == 1


def test_a_report_counts_once_it_is_due_and_only_in_time():
    missing = replace(OPEN, reported={Q1: report_due(Q1, PARAMETERS) + timedelta(1)})
    found = scored(missing)["reports"]
    assert (found.reached, found.of) == (0, 2)
    assert [each.zh for each in found.reasons] == [
        "2025-Q1季报2025-04-16迟报(期限2025-04-15)",
        "2025-Q2季报未报(期限2025-07-14)",
    ]
    works = [Scored("0", "任务", replace(OPEN, reported={Q1: Q2}))]
    early = {each.criterion.value: each for each in lines(works, (), (), WEIGHTS, PARAMETERS, date(2025, 7, 14))}
    assert (early["reports"].reached, early["reports"].of) == (1, 1)  # that of Q2 can still come
