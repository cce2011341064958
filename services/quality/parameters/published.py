"""The parameters that came with this release."""

from services.quality import data
from services.quality.parameters.rules import Parameter

PARAMETERS = tuple(Parameter.read(row) for row in data.rows("parameters"))
