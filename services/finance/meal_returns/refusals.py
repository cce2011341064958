"""Why meal money cannot be given back."""

from shared.errors import DomainError


class NothingLeftOver(DomainError):
    zh = "所选月份伙食收入 {income} 元、支出 {cost} 元,没有可退还家庭的结余。"
    en = "The months took {income} yuan and spent {cost}: nothing is left for families."


class MealMonthNotKept(DomainError):
    zh = "{month} 的伙食账尚未登记,不能结算。"
    en = "The meal account of {month} is not kept yet: it cannot be settled."


class MealsAlreadyReturned(DomainError):
    zh = "{since} 至 {until} 的伙食费结余已申请退还,期间重叠。"
    en = "What was left from {since} until {until} is being returned already: the periods overlap."
