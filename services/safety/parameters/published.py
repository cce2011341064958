"""The parameters that came with this release."""

from services.safety import data
from services.safety.parameters.rules import Parameter

PARAMETERS = tuple(Parameter.read(row) for row in data.rows("parameters"))
