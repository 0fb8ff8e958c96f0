"""Marks of secrecy (保密法 Art 23: 绝密 30 years, 机密 20, 秘密 10) and of internal use (Art 16).

A mark is told from talk about marks: a law that names the three levels, or a rule on how to write
minutes, carries none.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from ..kinds import Hit, Kind, Severity
from ..normalise import plain

_LEVEL = r"(?:绝\s{0,4}密|机\s{0,4}密|秘\s{0,4}密)"
_TERM = r"(?:\s*(?:\d{1,2}\s*(?:年|个月|天|日)|长期|启封|解密前|[一二三四五六七八九十]{1,3}\s*(?:年|个月)))"
_SECRET = re.compile(
    rf"{_LEVEL}\s{{0,3}}[★☆*⭐✩✭]{_TERM}?"
    rf"|密\s?级\s?[:：\]】)）]?\s{{0,4}}{_LEVEL}(?!级?[、,，和或及])(?:\s{{0,3}}[★☆*]{_TERM}?)?"
    rf"|(?:^|(?<=[\n【\[(（《]))\s*{_LEVEL}{_TERM}?(?=\s*(?:$|[\n】\])）]))"
    rf"|(?:^|(?<=\n))\s*{_LEVEL}\s*(?:特急|加急|平急|急件)"
    rf"|(?:特急|加急|特提)\s+{_LEVEL}(?=\s|$)"
    rf"|{_LEVEL}\s*[(（\[【]\s*(?:\d{{1,2}}\s*年|长期)\s*[)）\]】]"
    rf"|保密期限\s?[:：]\s*(?:\d+\s?(?:年|个月)|长期)",
)
_INTERNAL = re.compile(
    r"内\s?部\s?(?:资\s?料|文\s?件|使\s?用|传\s?阅|参\s?考|明\s?电|刊\s?物|掌\s?握|情\s?况|通\s?报|材\s?料|电\s?报|发\s?行|讨\s?论\s?稿)"
    r"|(?:不得|严禁|请勿|禁止|切勿|勿|不准|不要|不可|不宜)\s?(?:擅自|对外|随意|私自)?\s?(?:向社会|向媒体|对外)?\s?"
    r"(?:外\s?传|外泄|对外公开|对外发布|对外提供|传播扩散|对外扩散|转发扩散|复印外传)"
    r"|会\s?议\s?纪\s?要|领\s?导\s?(?:批\s?示|签\s?批|圈\s?阅)|批示件|批办单|阅后(?:即焚|销毁|收回|退回)|阅办单|"
    r"(?:仅供|供|呈)(?:内部|领导|县领导|市领导|有关领导)(?:参阅|参考|审阅|使用|传阅)|注意保密|妥善保管[,，]\s?不得|"
    r"工作秘密(?=\s*(?:$|[★\n】\])）]))|送审稿|内部\s?[★☆]|明传电报|密码电报|(?:^|(?<=[\n【\[(（]))不予公开(?=\s*(?:$|[\n】\])）]))"
    r"|公开(?:属性|方式|形式)\s?[:：]\s?不予?公开"
)
_TALK_BEFORE = re.compile(
    r"(?:不得|不能|不以|不再以|禁止|严禁|避免|以|用|通过|包括|含|如|例如|等|、|关于|规范|制作|起草|撰写|编写|整理|归档|"
    r"制发|格式|文种|[“\"《])[^,，。;；\n]{0,8}$"
)
_TALK = {
    "会议纪要": re.compile(
        r"^(?:等|、|[的]?(?:公文|种类|格式|文种|制度|管理|归档|起草|撰写|写作|模板|范文|形式|代替|方式|整理|质量|办理)|[”\"》])"
    ),
    "领导批示": re.compile(
        r"^(?:等|、|的?(?:办理|督办|制度|流程|管理|程序|件办理制度)|指示精神的?制度|[”\"》])"
    ),
    "内部": re.compile(
        r"^(?:性|管理|控制|审计|监督|等|、|[”\"》]|的?(?:管理|定义|范围|界定|印刷|出版|准印|保密管理))"
    ),
}
_GENERIC_BEFORE = re.compile(
    r"(?:对外|本单位|企业|单位|机关|公司|行政机关|属于|涉及|非法|窃取|泄露|提供|散布|[“\"《、])$"
)


def find_secret_marks(text: str) -> Iterator[Hit]:
    """Marks of the three levels of state secrets."""
    for match in _SECRET.finditer(text):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        before = text[max(0, start - 6) : start]
        if (
            before.endswith(("“", '"', "标注", "标注为", "注明", "加盖"))
            and "★" not in match.group()
        ):
            continue
        yield Hit(Kind.SECRET_MARK, "secret_mark.level", start, match.end(), Severity.HIGH)


def _is_talk(word: str, text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 12) : start], text[end : end + 8]
    if word.startswith("内部"):
        return bool(_TALK["内部"].match(after) or _GENERIC_BEFORE.search(before))
    if word in ("会议纪要", "领导批示"):
        talk = _TALK[word].match(after)
        return bool(
            talk or (_TALK_BEFORE.search(before) and not re.match(r"\s*[(（〔\[第]", after))
        )
    if word == "送审稿":
        alone = not before.strip() and not after.strip()
        return not (alone or before.endswith(("(", "（", "【")))
    return bool(re.match(r"[的]?(?:制度|规定|要求|义务|意识|教育|责任|信息的|等)", after))


def find_internal_marks(text: str) -> Iterator[Hit]:
    """Marks that say a paper was meant for the organ alone."""
    for match in _INTERNAL.finditer(text):
        word = re.sub(r"\s", "", match.group())
        if not _is_talk(word, text, match.start(), match.end()):
            yield Hit(
                Kind.INTERNAL_MARK,
                "internal_mark.word",
                match.start(),
                match.end(),
                Severity.MEDIUM,
            )


@lru_cache(maxsize=8)
def _terms(dictionary: tuple[str, ...]) -> list[tuple[str, str, re.Pattern[str]]]:
    found = []
    for term in dictionary:
        letters = re.sub(r"\s+", "", plain(term).text).casefold()
        if letters:
            found.append((letters, term, re.compile(r"\s*".join(map(re.escape, letters)), re.I)))
    return found


def find_terms(text: str, dictionary: tuple[str, ...]) -> Iterator[Hit]:
    """Terms of the reviewers' dictionary; blanks between characters and case do not matter."""
    if not dictionary:
        return
    squeezed = "".join(text.split()).casefold()
    for letters, term, pattern in _terms(dictionary):
        if letters in squeezed:
            for match in pattern.finditer(text):
                yield Hit(
                    Kind.DICTIONARY,
                    "dictionary.term",
                    match.start(),
                    match.end(),
                    Severity.MEDIUM,
                    term,
                )
