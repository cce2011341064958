"""Words of the class register, with their Chinese."""

from shared.schemas import Code


class ClassKind(Code):
    """班级类型 (幼儿园工作规程 art. 11; nursery classes 托班 stand apart from ages 3 to 6)."""

    NURSERY = "nursery", "托班", "nursery (2–3)"
    SMALL = "small", "小班", "small (3–4)"
    MIDDLE = "middle", "中班", "middle (4–5)"
    LARGE = "large", "大班", "large (5–6)"
    MIXED = "mixed", "混合班", "mixed (3–6)"
