"""Every table of the registry, imported so that its metadata is whole."""

from services.registry.children import models as children
from services.registry.classes import models as classes
from services.registry.divisions import models as divisions
from services.registry.enrolments import models as enrolments
from services.registry.kindergartens import models as kindergartens

__all__ = ["children", "classes", "divisions", "enrolments", "kindergartens"]
