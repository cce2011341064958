"""Words of the next plan until it is in force, with their Chinese."""

from shared.schemas import Code


class PlanDraftState(Code):
    DRAFT = "draft", "草案", "draft"
    ADOPTED = "adopted", "已生效", "in force"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
