"""Numbers written in Chinese numerals, as chapters, articles and dates use them."""

NUMERALS = "〇零○O一二三四五六七八九十廿卅百千"

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))


def to_int(text: str) -> int | None:
    """Read 二十三, 廿一, 一百零五, 一九九七 or 23; None when the text is no number."""
    if text.isascii() and text.isdigit():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = pending = 0
    for c in text:
        if c in _DIGITS:
            pending = _DIGITS[c]
        else:
            total += (pending or 1) * _UNITS[c]
            pending = 0
    return total + pending


def to_chinese(number: int) -> str:
    """Write 1..9999 as 一, 十二, 一百零五; anything else in digits."""
    if not 0 < number < 10_000:
        return str(number)
    out, gap = "", False
    for size, name in _PLACES:
        digit, number = divmod(number, size)
        if digit:
            out += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
        gap = bool(out) and not digit
    if number:
        out += ("零" if gap else "") + "零一二三四五六七八九"[number]
    return out.removeprefix("一") if out.startswith("一十") else out
