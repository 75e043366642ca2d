"""Pure: ages, by sex where a run asks so, on the day of the first session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from elderlearn.ground.errors import Refusal


@dataclass(frozen=True)
class Ages:
    """`least` for everybody; `women` and `men` in its stead, where given, for those whose sex is known."""

    least: int | None = None
    most: int | None = None
    women: int | None = None
    men: int | None = None
    signature: int | None = None

    def least_for(self, sex: str | None) -> int | None:
        """For somebody whose sex is not known the higher one: at that age nobody is refused."""
        women = self.women if self.women is not None else self.least
        men = self.men if self.men is not None else self.least
        if sex in ("female", "male"):
            return women if sex == "female" else men
        return max((age for age in (women, men) if age is not None), default=None)


def age_on(born_on: date, on: date) -> int:
    """Completed years; born on 29 February, a year is completed on 1 March of other years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def check_age(ages: Ages, born_on: date | None, sex: str | None, on: date) -> None:
    """Without a birth date nobody can show the least age, so that is too_young, with `is_unknown` for a kinder
    sentence; a highest age alone lets her in. Where the sex decides and is not known: `is_sex_unknown`."""
    least = ages.least_for(sex)
    if born_on is None:
        if least is not None:
            raise Refusal("too_young", min_age=least, is_unknown=True)
        return
    age = age_on(born_on, on)
    if least is not None and age < least:
        raise Refusal("too_young", min_age=least, age=age, is_sex_unknown=_would_help(ages, sex, age))
    if ages.most is not None and age > ages.most:
        raise Refusal("too_old", max_age=ages.most, age=age)


def check_signature(ages: Ages, born_on: date | None, on: date, *, is_on_file: bool) -> None:
    """From that age on a relative has signed. Without a birth date nobody is known to be as old."""
    if ages.signature is None or born_on is None or is_on_file:
        return
    if age_on(born_on, on) >= ages.signature:
        raise Refusal("signature_needed", from_age=ages.signature)


def _would_help(ages: Ages, sex: str | None, age: int) -> bool:
    """Were her sex known, she might be old enough."""
    if sex is not None:
        return False
    return any(age >= (ages.least_for(one) or 0) for one in ("female", "male"))
