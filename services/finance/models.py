"""Every table of the finance service, imported so that its metadata is whole."""

from services.finance.account_titles import models as account_titles
from services.finance.books import models as books
from services.finance.charges import models as charges
from services.finance.enrolments import models as enrolments
from services.finance.entries import models as entries
from services.finance.fee_items import models as fee_items
from services.finance.kindergartens import models as kindergartens
from services.finance.parameters import models as parameters

__all__ = [
    "account_titles",
    "books",
    "charges",
    "enrolments",
    "entries",
    "fee_items",
    "kindergartens",
    "parameters",
]
