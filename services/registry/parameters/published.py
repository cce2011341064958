"""The parameters that came with this release."""

from services.registry import data
from services.registry.parameters.rules import Parameter

PARAMETERS = tuple(Parameter.read(row) for row in data.document("parameters")["parameters"])
