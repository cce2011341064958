"""The parameters that came with this release."""

from datetime import date

from services.registry import data
from services.registry.parameters.rules import Parameter, in_force
from shared.errors import InvalidInput
from shared.parameters import NoParameterInForce

FILES = ("parameters", "staff_parameters", "plan_parameters", "conditions_parameters", "filing_parameters")
PARAMETERS = tuple(Parameter.read(row) for file in FILES for row in data.document(file)["parameters"])


def number_on(name: str, on: date, key: str = "", pointer: str = "as_of") -> int:
    """The whole number in force on a day a caller named. Raises InvalidInput when nothing was in force yet."""
    try:
        return int(in_force(PARAMETERS, name, on, key).number)
    except NoParameterInForce as error:
        raise InvalidInput(
            reason_zh="该日没有生效的规定。", reason_en="no rule was in force on that day.", pointer=pointer
        ) from error
