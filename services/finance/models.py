"""Every table of the finance service, imported so that its metadata is whole."""

from services.finance.account_titles import models as account_titles
from services.finance.books import models as books
from services.finance.entries import models as entries
from services.finance.kindergartens import models as kindergartens

__all__ = ["account_titles", "books", "entries", "kindergartens"]
