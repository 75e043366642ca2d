"""Which phone it is, in the words of whoever holds it."""

from __future__ import annotations

from elderlearn.locale import N_, _

MAKERS = {
    "iphone": N_("iPhone"),
    "ipad": N_("iPad"),
    "honor": N_("Honor phone"),
    "huawei": N_("Huawei phone"),
    "xiaomi": N_("Xiaomi phone"),
    "oppo": N_("OPPO phone"),
    "vivo": N_("vivo phone"),
    "samsung": N_("Samsung phone"),
    "oneplus": N_("OnePlus phone"),
    "realme": N_("realme phone"),
    "android": N_("Android phone"),
    "windows": N_("Windows computer"),
    "mac": N_("Mac computer"),
    "linux": N_("Computer"),
}
BROWSERS = {
    "wechat": N_("WeChat"),
    "dingtalk": N_("DingTalk"),
    "alipay": N_("Alipay"),
    "qq": N_("QQ browser"),
    "uc": N_("UC browser"),
    "maker": N_("the phone's own browser"),
    "edge": N_("Edge"),
    "firefox": N_("Firefox"),
    "chrome": N_("Chrome"),
    "safari": N_("Safari"),
}


def phone_words(label: str) -> str:
    """A label of `checkin/phone_label.py`, in the language now spoken."""
    maker, _dot, browser = label.partition(".")
    said = [_(MAKERS[maker])] if maker in MAKERS else [_("A phone")]
    return " · ".join([*said, _(BROWSERS[browser])] if browser in BROWSERS else said)
