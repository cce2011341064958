"""Every table of the safety service, imported so that its metadata is whole."""

from services.safety.absences import models as absences
from services.safety.buses import models as buses
from services.safety.checklists import models as checklists
from services.safety.disputes import models as disputes
from services.safety.draws import models as draws
from services.safety.duties import models as duties
from services.safety.files import models as files
from services.safety.hazards import models as hazards
from services.safety.incidents import models as incidents
from services.safety.inspection_imports import models as inspection_imports
from services.safety.inspection_plans import models as inspection_plans
from services.safety.inspections import models as inspections
from services.safety.kindergartens import models as kindergartens
from services.safety.penalties import models as penalties
from services.safety.protections import models as protections
from services.safety.referrals import models as referrals
from services.safety.routines import models as routines
from services.safety.self_checks import models as self_checks
from services.safety.site_logs import models as site_logs
from services.safety.sites import models as sites
from services.safety.steps import models as steps
from services.safety.suppliers import models as suppliers
from services.safety.timers import models as timers
from services.safety.video_accesses import models as video_accesses

__all__ = [
    "absences",
    "buses",
    "checklists",
    "disputes",
    "draws",
    "duties",
    "files",
    "hazards",
    "incidents",
    "inspection_imports",
    "inspection_plans",
    "inspections",
    "kindergartens",
    "penalties",
    "protections",
    "referrals",
    "routines",
    "self_checks",
    "site_logs",
    "sites",
    "steps",
    "suppliers",
    "timers",
    "video_accesses",
]
