"""Every table of the finance service, imported so that its metadata is whole."""

from services.finance.kindergartens import models as kindergartens

__all__ = ["kindergartens"]
