"""Pure: which phone and which browser, as few as somebody needs to tell her phones apart: "huawei.wechat"."""

from __future__ import annotations

import re

LONGEST = 1000  # signs of a user agent that are looked at
# The first that fits: Android phones name their maker in the model, those of one house often by a sub-brand.
MAKERS = (
    ("iphone", re.compile(r"iPhone")),
    ("ipad", re.compile(r"iPad")),
    ("honor", re.compile(r"honor", re.IGNORECASE)),
    ("huawei", re.compile(r"huawei|harmony|; (?:[A-Z]{3}-(?:AL|TL|LX|W)\d|ELE|VOG|LYA|JEF)", re.IGNORECASE)),
    ("xiaomi", re.compile(r"xiaomi|redmi|miui|; (?:MI|M2\d{3}|2\d{3,})[ \w]", re.IGNORECASE)),
    ("oppo", re.compile(r"oppo|heytap|; (?:P[A-H][A-Z]{2}\d0|CPH\d)", re.IGNORECASE)),
    ("vivo", re.compile(r"vivo|; V\d{4}[AT]", re.IGNORECASE)),
    ("samsung", re.compile(r"samsung|; SM-", re.IGNORECASE)),
    ("oneplus", re.compile(r"oneplus", re.IGNORECASE)),
    ("realme", re.compile(r"realme|; RMX\d", re.IGNORECASE)),
    ("android", re.compile(r"Android")),
    ("windows", re.compile(r"Windows")),
    ("mac", re.compile(r"Macintosh")),
    ("linux", re.compile(r"Linux")),
)
BROWSERS = (
    ("wechat", re.compile(r"MicroMessenger")),
    ("dingtalk", re.compile(r"DingTalk")),
    ("alipay", re.compile(r"AlipayClient")),
    ("qq", re.compile(r"MQQBrowser|QQ/")),
    ("uc", re.compile(r"UCBrowser|Quark")),
    ("maker", re.compile(r"HuaweiBrowser|MiuiBrowser|HeyTapBrowser|VivoBrowser|SamsungBrowser")),
    ("edge", re.compile(r"Edg[A-Z]?[a-zA-Z]*/")),
    ("firefox", re.compile(r"Firefox|FxiOS")),
    ("chrome", re.compile(r"Chrome|CriOS")),
    ("safari", re.compile(r"Safari")),
)


def phone_label(user_agent: str) -> str:
    """Maker and browser, a part that nothing is known of empty: what the browser says may be anything."""
    said = user_agent[:LONGEST]
    return f"{_first(MAKERS, said)}.{_first(BROWSERS, said)}"


def _first(known: tuple[tuple[str, re.Pattern[str]], ...], said: str) -> str:
    return next((name for name, pattern in known if pattern.search(said)), "")
