"""How public money is looked at: by month, place, nature of the kindergarten, purpose, fund, and whom it leans to."""

from typing import Final

from shared.schemas import Code


class MoneyDimension(Code):
    """分组方式."""

    TOTAL = "total", "合计", "total"
    YEAR = "year", "按年度", "by year"
    MONTH = "month", "按月", "by month"
    TOWN = "town", "按镇乡街道", "by town"
    NATURE = "nature", "按办园性质", "by nature of the kindergarten"
    TILT = "tilt", "村级公办园与其他园", "village-level public kindergartens and others"
    PURPOSE = "purpose", "按资金用途", "by purpose"
    PROGRAMME = "programme", "按补助项目", "by programme"
    LEVEL = "level", "按资金层级", "by funding level"
    KINDERGARTEN = "kindergarten", "按幼儿园", "by kindergarten"


# What a row `x` of money is grouped by; `g` is its programme and `k` its kindergarten.
GROUP: Final = """
  CASE CAST(:by AS text)
    WHEN 'year' THEN to_char(x.month, 'YYYY') WHEN 'month' THEN to_char(x.month, 'YYYY-MM')
    WHEN 'town' THEN left(k.division, 9) WHEN 'nature' THEN coalesce(x.type, 'unknown')
    WHEN 'tilt' THEN CASE WHEN x.village_level AND x.type = 'public' THEN 'village_public'
                          WHEN x.type = 'public' THEN 'other_public' ELSE coalesce(x.type, 'unknown') END
    WHEN 'purpose' THEN g.permitted_use WHEN 'programme' THEN x.programme WHEN 'level' THEN x.level
    WHEN 'kindergarten' THEN x.kindergarten::text ELSE 'total' END
"""
LABEL: Final = """
  CASE CAST(:by AS text)
    WHEN 'kindergarten' THEN min(k.name) WHEN 'programme' THEN min(g.name)
    ELSE CASE {group} WHEN 'village_public' THEN '村级公办园' WHEN 'other_public' THEN '其他公办园'
      WHEN 'public' THEN '公办园' WHEN 'inclusive_private' THEN '普惠性民办园' WHEN 'private' THEN '非普惠性民办园'
      WHEN 'unknown' THEN '性质未登记' WHEN 'municipal' THEN '市级' WHEN 'district' THEN '区级' WHEN 'total' THEN '合计'
      ELSE {group} END END
"""
