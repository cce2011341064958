"""Names put together from tables of common characters; each ends with a mark no real name has."""

from random import Random

MARK = "·演示"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏"
MANCHU_SURNAMES = "佟关马索齐富那郎彭金白赵"
COMMON = 24  # the first surnames are drawn far more often, as in life
BOYS = "浩宇轩子涵睿泽博文俊杰晨阳天佑铭辰逸飞嘉诚梓豪皓然承志明远思源景行知远安和"
GIRLS = "欣怡诗涵梓萱语桐雨晴思琪若曦佳宁可馨艺诺静姝心悦云舒瑾瑜月清沐瑶依然晓彤婉清"
ADULTS = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玲辉鹏飞红建国玉梅文斌海燕志勇"


def surname(rng: Random, *, manchu: bool) -> str:
    if manchu and rng.random() < 0.5:  # noqa: PLR2004  # half the Manchu families carry a Manchu surname here
        return rng.choice(MANCHU_SURNAMES)
    return rng.choice(SURNAMES[:COMMON] if rng.random() < 0.7 else SURNAMES)  # noqa: PLR2004


def child_name(rng: Random, family: str, sex: str) -> str:
    return family + _given(rng, BOYS if sex == "1" else GIRLS, single=0.15) + MARK


def adult_name(rng: Random, family: str) -> str:
    return family + _given(rng, ADULTS, single=0.45) + MARK


def _given(rng: Random, characters: str, single: float) -> str:
    first = rng.choice(characters)
    return first if rng.random() < single else first + rng.choice(characters.replace(first, ""))
