"""Every table of the quality service, imported so that its metadata is whole."""

from services.quality.kindergartens import models as kindergartens

__all__ = ["kindergartens"]
