"""The evaluation report as a page to read and to print: words, tables and charts, nothing from elsewhere. Pure."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from services.quality.evaluations.codes import EvaluationGrade

STYLE = """
@page { size: A4; margin: 20mm 18mm; }
body { font-family: "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", serif; font-size: 11pt;
  line-height: 1.6; max-width: 174mm; margin: 0 auto; color: #111; }
h1 { font-size: 18pt; text-align: center; } h2 { font-size: 13pt; break-after: avoid; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 0.5pt solid #777; padding: 3pt 5pt; text-align: left; }
th, td:first-child { white-space: nowrap; }
thead { display: table-header-group; } tr, svg, figure { break-inside: avoid; }
.note { color: #555; font-size: 9pt; }
"""
CLOSING = "本报告评价幼儿园的工作,不含对幼儿个体的评分、测试或排名(教基〔2022〕1号)。等级分数线为演示参数。"
BAR, GAP, WIDE, FULL = 18, 10, 420, 100
A_PAGE = 24  # bars of one chart: it stands on a page whole
KINDS = {"nursery": "托班", "small": "小班", "middle": "中班", "large": "大班", "mixed": "混龄班"}


def chart(title: str, bars: Iterable[tuple[str, float, float]]) -> str:
    """Horizontal bars of (label, value, most), each with its value beside it, readable without colour."""
    rows = list(bars)
    height = len(rows) * (BAR + GAP) + GAP
    drawn = []
    for n, (label, value, most) in enumerate(rows):
        top = GAP + n * (BAR + GAP)
        width = round(WIDE * value / most, 1)
        drawn.append(
            f'<text x="150" y="{top + 14}" text-anchor="end" font-size="12">{escape(label)}</text>'
            f'<rect x="158" y="{top}" width="{WIDE}" height="{BAR}" fill="none" stroke="#bbb"/>'
            f'<rect x="158" y="{top}" width="{width}" height="{BAR}" fill="#3b6ea5"/>'
            f'<text x="{158 + WIDE + 8}" y="{top + 14}" font-size="12">{value:g}</text>'
        )
    body = "".join(drawn)
    return (
        f'<figure><svg role="img" aria-label="{escape(title)}" viewBox="0 0 640 {height}" width="100%">{body}</svg>'
        f"<figcaption class=note>{escape(title)}</figcaption></figure>"
    )


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table whose heads repeat on every printed page."""
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(_said(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _said(value: object) -> str:
    if value is None:
        return "—"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def report(found: Mapping[str, Any], parts: Mapping[str, str]) -> str:
    """The report of one evaluation as the reader may see it; `parts` are the names of the framework's parts."""
    grade = next((each.zh for each in EvaluationGrade if each == found["grade"]), "未公布")
    standard = escape(f"{found['framework_code']} {found['framework_edition']}")
    conclusion = f"等级:<strong>{grade}</strong>;总分:{_said(found['points'])}。{escape(found['grade_reason'] or '')}"
    state = {"provisional": "公示稿", "appealed": "公示稿(申诉中)", "final": "最终稿"}.get(found["state"], "内部稿")
    title = f"{found['kindergarten_name']}办园质量督导评估报告"
    points = [(parts.get(code, code), float(value), FULL) for code, value in found["parts"].items()]
    levels = [(each["item"], float(each["level"]), 5) for each in found["levels"]]
    demonstration = "<p class=note>演示数据</p>" if found["synthetic"] else ""
    sections = [
        f"<h1>{escape(title)}</h1>{demonstration}",
        f"<p>{found['year']} 年度 · {standard} · {state}</p>",
        f"<h2>一、结论</h2><p>{conclusion}</p>",
        chart("各部分得分(满分 100)", points) if points else "",
        "<h2>二、抽样</h2>",
        f"<p class=note>随机种子 {escape(found['seed'] or '—')};每个年龄段不少于三分之一,可据种子复核。</p>",
        table(
            ("班级", "类型", "该年龄段班级数"),
            ((e["name"], KINDS.get(e["kind"], e["kind"]), e["of"]) for e in found["sampled"]),
        ),
        "<h2>三、观察</h2>",
        table(("日期", "分钟", "情况"), ((e["on"], e["minutes"], e["narrative"]) for e in found["observations"])),
        "<h2>四、逐项等次</h2>",
        *(chart("逐项等次(1—5)", levels[n : n + A_PAGE]) for n in range(0, len(levels), A_PAGE)),
        table(
            ("条目", "内容", "等次", "说明"), ((e["item"], e["text"], e["level"], e["note"]) for e in found["levels"])
        ),
        "<h2>五、评分一致性</h2>",
        table(
            ("甲", "乙", "一致/条目", "kappa", "加权(线性)", "加权(平方)"),
            (
                (e["one"], e["two"], f"{e['same']}/{e['items']}", e["kappa"], e["linear_kappa"], e["quadratic_kappa"])
                for e in found["agreement"]
            ),
        ),
        "<h2>六、改进计划</h2>",
        table(
            ("条目", "措施", "责任人", "期限"),
            ((e["item"], e["measure"], e["responsible"], e["due_on"]) for e in found["improvement"]),
        ),
        f"<p class=note>{CLOSING}</p>",
    ]
    body = "\n".join(sections)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>{body}</body></html>"
    )
