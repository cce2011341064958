"""Every table of the safety service, imported so that its metadata is whole."""

from services.safety.kindergartens import models as kindergartens

__all__ = ["kindergartens"]
