"""Words of the books, with their Chinese."""

from shared.schemas import Code


class BookPeriodState(Code):
    """会计期间: open, or closed by two persons; one closed by mistake is reopened by two persons."""

    OPEN = "open", "开放", "open"
    CLOSING = "closing", "待结账", "closing proposed"
    CLOSED = "closed", "已结账", "closed"
    REOPENING = "reopening", "待反结账", "reopening proposed"
