"""Words of the forecast of demand 学位需求预测, with their Chinese."""

from shared.schemas import Code


class CohortBasis(Code):
    """What the number of a cohort rests on."""

    POPULATION = "population", "人口统计", "people counted"
    BIRTHS = "births", "出生人数", "births on file"
    ASSUMED = "assumed", "推定出生人数", "births assumed by the scenario"


class ForecastWarning(Code):
    SHORTAGE = "shortage", "学位短缺", "fewer seats than demand"
    SURPLUS = "surplus", "学位富余", "many more seats than demand"
