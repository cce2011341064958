"""The evaluation report as a page to read and to print: words, tables and charts, nothing from elsewhere. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import combinations
from typing import Any

from services.quality.evaluation_reports.charts import bars, level_bar, radar
from services.quality.evaluations.codes import EvaluationGrade
from services.quality.evaluations.rules import MACHINE
from services.quality.printing.printer import FAMILIES, printable

STYLE = f"""
@page {{ size: A4; margin: 20mm 18mm 22mm;
  @bottom-center {{ content: "第 " counter(page) " 页,共 " counter(pages) " 页"; font-family: {FAMILIES};
    font-size: 9pt; }} }}
body {{ font-family: {FAMILIES}; font-size: 10.5pt; line-height: 1.6; max-width: 174mm; margin: 0 auto; color: #111; }}
h1 {{ font-size: 19pt; line-height: 1.3; text-align: center; margin: 4mm 0 2mm; }}
h2 {{ font-size: 13pt; color: #1f4e79; border-bottom: 1pt solid #1f4e79; margin: 6mm 0 2mm; break-after: avoid; }}
h3 {{ font-size: 11pt; margin: 3mm 0 1mm; break-after: avoid; }}
p {{ margin: 1mm 0; }} .middle {{ text-align: center; }} .note {{ color: #444; font-size: 9pt; }}
.result {{ border: 1.5pt solid #1f4e79; padding: 3mm 5mm; margin: 3mm 0; }} .grade {{ font-size: 15pt; }}
table {{ border-collapse: collapse; width: 100%; margin: 1mm 0 2mm; font-size: 9.5pt; }}
th, td {{ border: 0.5pt solid #777; padding: 1mm 2mm; text-align: left; vertical-align: top; }}
th {{ background: #e8eef4; white-space: nowrap; }} td.tight {{ white-space: nowrap; }}
thead {{ display: table-header-group; }} tr, figure, .whole, .drawn table {{ break-inside: avoid; }}
.long {{ break-before: page; }}
figure {{ margin: 2mm 0; text-align: center; }} svg.level {{ vertical-align: middle; }}
"""
CLOSING = "本报告评价幼儿园的工作,不含对幼儿个体的评分、测试或排名(教基〔2022〕1号)。等级分数线为演示参数。"
KINDS = {"nursery": "托班", "small": "小班", "middle": "中班", "large": "大班", "mixed": "混龄班"}
ORIGINS = {"agreed": "一致", "reconciled": "校准", "appeal": "申诉改判"}
DRAFTS = {"provisional": "公示稿", "appealed": "公示稿(申诉中)", "final": "最终稿"}
TIGHT = ' class="tight"'
STRONG, WEAK, RADAR, SHORT = 5, 2, 3, 12


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the framework with what was found in it. `agreement` is the percent of pairs that gave one level."""

    code: str
    name: str
    weight: str
    items: Sequence[Mapping[str, Any]]
    points: float
    agreement: float | None


def table(heads: Iterable[str], rows: Iterable[Iterable[object]], tight: int = 1) -> str:
    """A table whose heads repeat on every printed page; its first `tight` columns are not broken."""
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    body = "".join("<tr>" + "".join(_cell(cell, n < tight) for n, cell in enumerate(row)) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if body else "<p>无。</p>"


def _cell(value: object, tight: bool) -> str:
    return f"<td{TIGHT if tight else ''}>{_said(value)}</td>"


class Drawn(str):
    """Markup of our own, to stand as it is."""

    __slots__ = ()


def _said(value: object) -> str:
    if value is None:
        return "—"
    if isinstance(value, Drawn):
        return value
    return escape(f"{value:.2f}" if isinstance(value, float) else str(value))


def areas(found: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> list[Area]:
    """The parts of the framework, in its order, that were scored."""
    tree = {each["code"]: each for each in items}

    def top(code: str) -> str:
        while code in tree and tree[code]["parent"]:
            code = tree[code]["parent"]
        return code

    given: dict[str, list[int]] = {}
    for score in found["scores"]:
        given.setdefault(score["item"], []).append(score["level"])
    made = []
    for code, points in found["parts"].items():
        mine = [each for each in found["levels"] if top(each["item"]) == code]
        pairs = [one == two for each in mine for one, two in combinations(given.get(each["item"], []), 2)]
        agreement = 100 * sum(pairs) / len(pairs) if pairs else None
        part = tree.get(code, {})
        made.append(
            Area(code, part.get("text") or code, f"{float(part.get('weight') or 1):g}", mine, float(points), agreement)
        )
    return sorted(made, key=lambda each: list(tree).index(each.code) if each.code in tree else len(tree))


def _result(found: Mapping[str, Any]) -> str:
    grade = next((each.zh for each in EvaluationGrade if each == found["grade"]), "未公布")
    days = (_said(found[name]) for name in ("published_on", "appeal_until", "final_on"))
    lines = [f'<p class="grade">等级:<strong>{grade}</strong>    总分:<strong>{_said(found["points"])}</strong></p>']
    if found["grade_reason"]:
        lines.append(f"<p>{escape(found['grade_reason'])}</p>")
    lines.append("<p>公示 {};申诉截止 {};最终公布 {}。</p>".format(*days))
    if found["appeal_upheld"] is not None:
        lines.append("<p>申诉成立,已改判。</p>" if found["appeal_upheld"] else "<p>申诉不成立。</p>")
    return f'<div class="result">{"".join(lines)}</div>'


def _areas(parts: Sequence[Area]) -> str:
    if not parts:
        return "<p>尚未公布。</p>"
    drawn = [bars("各领域得分(满分 100)与评分一致率", [(each.name, each.points, each.agreement) for each in parts])]
    if len(parts) >= RADAR:
        drawn.insert(0, radar("各领域得分(满分 100)", [(each.name, each.points) for each in parts]))
    rows = [
        (
            each.name,
            each.weight,
            len(each.items),
            sum(one["level"] for one in each.items) / len(each.items) if each.items else None,
            each.points,
            "—" if each.agreement is None else f"{each.agreement:.0f}%",
        )
        for each in parts
    ]
    return "".join(drawn) + table(("领域", "权重", "条目数", "平均等次", "得分", "评分一致率"), rows)


def _findings(parts: Sequence[Area]) -> str:
    levels = [(area.name, each) for area in parts for each in area.items]
    heads = ("领域", "条目", "内容", "等次", "说明")

    def chosen(most: int, least: int) -> str:
        rows = [
            (name, each["item"], each["text"], each["level"], each["note"])
            for name, each in levels
            if least <= each["level"] <= most
        ]
        return table(heads, rows, 2)

    strong, weak = f"<h3>主要成效({STRONG} 等)</h3>", f"<h3>主要问题({WEAK} 等及以下)</h3>"
    return strong + chosen(STRONG, STRONG) + weak + chosen(WEAK, 1)


def _agreement(found: Mapping[str, Any]) -> str:
    rows = [
        (e["one"], e["two"], f"{e['same']}/{e['items']}", e["kappa"], e["linear_kappa"], e["quadratic_kappa"])
        for e in found["agreement"]
    ]
    said = "低于区定下限,已要求重新校准。" if found["recalibration"] else ""
    note = "kappa 为 Cohen 一致性系数,1 为完全一致,0 为机会水平;“—”表示评分无差异,无从度量。"
    heads = ("甲", "乙", "一致/条目", "kappa", "加权(线性)", "加权(平方)")
    return table(heads, rows, 3) + f'<p class="note">{note}{said}</p>'


def _improvement(found: Mapping[str, Any]) -> str:
    rows = [(e["item"], e["measure"], e["responsible"], e["due_on"]) for e in found["improvement"]]
    done = f"<p>验收:{_said(found['improvement_verified_on'])}。</p>" if rows else ""
    return table(("条目", "措施", "责任人", "期限"), rows) + done


def _sections(found: Mapping[str, Any], parts: Sequence[Area]) -> Iterable[tuple[str, str]]:
    drawn = ((e["name"], KINDS.get(e["kind"], e["kind"]), e["of"]) for e in found["sampled"])
    seed = f'<p class="note">随机种子 {escape(found["seed"] or "—")};每个年龄段不少于三分之一,可据种子复核。</p>'
    seen = ((e["on"], e["minutes"], ", ".join(e["items"]), e["narrative"]) for e in found["observations"])
    levels = (
        (e["item"], Drawn(f"{level_bar(e['level'])} {e['level']}"), e["text"], ORIGINS[e["origin"]], e["note"])
        for e in found["levels"]
    )
    steps = (
        (e["on"], MACHINE[e["verb"]].zh if e["verb"] in MACHINE else e["verb"], e["basis"]) for e in found["steps"]
    )
    yield "结论", _result(found)
    yield "各领域得分", _areas(parts)
    yield "主要成效与问题", _findings(parts)
    yield "班级抽样", seed + table(("班级", "类型", "该年龄段班级数"), drawn)
    yield "半日观察", table(("日期", "分钟", "条目", "情况"), seen, 2)
    yield "逐项等次", table(("条目", "等次(1—5)", "内容", "来源", "说明"), levels, 2)
    yield "评分一致性", _agreement(found)
    yield "改进计划", _improvement(found)
    yield "评估程序", table(("日期", "事项", "依据"), steps, 2)


def _section(head: str, section: str) -> str:
    """What fits on a page stands on one; a long table begins one, so that no heading is left at the foot of a page."""
    kind = "drawn" if "<figure>" in section else "whole" if section.count("<tr>") <= SHORT else "long"
    return f'<section class="{kind}"><h2>{head}</h2>{section}</section>'


def report(found: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> str:
    """The report of one evaluation as the reader may see it; `items` is the framework, in its order."""
    title = f"{found['kindergarten_name']}办园质量督导评估报告"
    standard = f"{found['framework_code']} {found['framework_edition']}"
    draft = DRAFTS.get(found["state"], "内部稿")
    demonstration = '<p class="note middle">演示数据</p>' if found["synthetic"] else ""
    numbered = zip("一二三四五六七八九", _sections(found, areas(found, items)), strict=True)
    body = "\n".join(_section(f"{number}、{head}", section) for number, (head, section) in numbered)
    page = (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(title)}</h1>{demonstration}"
        f'<p class="middle">{found["year"]} 年度 · {escape(standard)} · {draft}</p>\n{body}\n'
        f'<p class="note">{CLOSING}</p></body></html>'
    )
    return printable(page)
