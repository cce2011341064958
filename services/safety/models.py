"""Every table of the safety service, imported so that its metadata is whole."""

from services.safety.files import models as files
from services.safety.hazards import models as hazards
from services.safety.kindergartens import models as kindergartens
from services.safety.steps import models as steps
from services.safety.timers import models as timers

__all__ = ["files", "hazards", "kindergartens", "steps", "timers"]
