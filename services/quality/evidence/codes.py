from shared.schemas import Code


class EvidenceKind(Code):
    """证据种类."""

    DOCUMENT = "document", "文件资料", "document"
    RECORD = "record", "工作记录", "record"
    PHOTO = "photo", "图片", "picture"
    OBSERVATION = "observation", "现场观察", "observation"
    INTERVIEW = "interview", "访谈座谈", "interview"
    SURVEY = "survey", "问卷调查", "survey"
