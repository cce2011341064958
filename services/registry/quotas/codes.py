"""What the number of staff is approved in, with the Chinese."""

from shared.schemas import Code


class QuotaKind(Code):
    """编制 of the establishment, or 人员额度 (怀政办发〔2023〕16号). A subset of the kinds of employment."""

    ESTABLISHED = "established", "编制", "established posts"
    QUOTA = "quota", "人员额度", "personnel quota"
