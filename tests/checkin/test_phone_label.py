"""What a browser says of itself, as few as tell phones apart."""

from __future__ import annotations

import pytest

from elderlearn.checkin.phone_label import phone_label

ANDROID = (
    "Mozilla/5.0 (Linux; Android 12; {}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/116.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("said", "label"),
    [
        (ANDROID.format("ELE-AL00 Build/HUAWEIELE-AL00") + " MicroMessenger/8.0.49", "huawei.wechat"),
        (ANDROID.format("VOG-AL10") + " HuaweiBrowser/14.0", "huawei.maker"),
        (ANDROID.format("Redmi Note 8 Build/PKQ1"), "xiaomi.chrome"),
        (ANDROID.format("V2048A Build/SP1A") + " VivoBrowser/13", "vivo.maker"),
        (ANDROID.format("PCLM10 Build/QKQ1"), "oppo.chrome"),
        (ANDROID.format("SM-G9900"), "samsung.chrome"),
        (ANDROID.format("ANY-AN00 HONOR") + " MQQBrowser/6.2", "honor.qq"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) MicroMessenger/8.0", "iphone.wechat"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_1 like Mac OS X) Version/16.1 Safari/604.1", "iphone.safari"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0", "windows.edge"),
        ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/156.0", "linux.chrome"),
        ("", "."),
        ("curl/8.1", "."),
        ("(" * 100_000, "."),
    ],
)  # fmt: skip
def test_maker_and_browser(said: str, label: str) -> None:
    assert phone_label(said) == label
