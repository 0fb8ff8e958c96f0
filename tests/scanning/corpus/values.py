"""Made-up values for the templates: valid by their checksums, belonging to nobody we know of."""

import random
from collections.abc import Callable

from stdnum import luhn
from stdnum.cn import ric

_FULL = str.maketrans(
    "0123456789ABCDEFGHXxEGH", "".join(chr(0xFEE0 + ord(c)) for c in "0123456789ABCDEFGHXxEGH")
)
_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
_REGIONS = (
    "410105",
    "110101",
    "320581",
    "510107",
    "440304",
    "330106",
    "610113",
    "130102",
    "420106",
    "370202",
)
_FAMILY = [
    "王",
    "李",
    "张",
    "刘",
    "陈",
    "杨",
    "黄",
    "赵",
    "吴",
    "周",
    "徐",
    "孙",
    "马",
    "朱",
    "胡",
    "郭",
    "何",
    "高",
    "林",
    "罗",
    "郑",
    "梁",
    "谢",
    "宋",
    "唐",
    "许",
    "韩",
    "冯",
    "邓",
    "曹",
    "彭",
    "曾",
    "肖",
    "田",
    "董",
    "潘",
    "蔡",
    "余",
    "杜",
    "叶",
    "程",
    "魏",
    "苏",
    "吕",
    "丁",
    "任",
    "沈",
    "姚",
    "卢",
    "钟",
    "谭",
    "廖",
    "范",
    "汪",
    "陆",
    "金",
    "石",
    "戴",
    "贾",
    "韦",
    "夏",
    "邱",
    "方",
    "侯",
    "邹",
    "熊",
    "孟",
    "秦",
    "白",
    "江",
    "阎",
    "薛",
    "尹",
    "段",
    "雷",
    "黎",
    "史",
    "龙",
    "陶",
    "贺",
    "顾",
    "毛",
    "郝",
    "龚",
    "邵",
    "欧阳",
    "司马",
    "上官",
]
_GIVEN = [
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "强",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "霞",
    "平",
    "刚",
    "桂英",
    "秀兰",
    "建国",
    "建华",
    "志强",
    "丽华",
    "海燕",
    "小红",
    "玉兰",
    "国庆",
    "春梅",
    "子轩",
    "梓涵",
    "浩然",
    "欣怡",
    "雨泽",
    "诗涵",
    "宇航",
    "思远",
    "文博",
    "俊杰",
    "晓东",
    "天佑",
    "一诺",
    "铁柱",
    "翠花",
    "德福",
    "来喜",
    "金凤",
    "永刚",
    "冬梅",
    "佳怡",
    "凯",
    "斌",
    "鑫",
    "倩",
    "雪",
]


class Values:
    """Draws one value for each slot of a template."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def digits(self, count: int) -> str:
        return str(self.random.randint(1, 9)) + "".join(
            self.random.choices("0123456789", k=count - 1)
        )

    def name(self) -> str:
        return self.random.choice(_FAMILY) + self.random.choice(_GIVEN)

    def identity(self, end: str = "") -> str:
        while True:
            born = f"{self.random.randint(1945, 2002)}{self.random.randint(1, 12):02}{self.random.randint(1, 28):02}"
            body = self.random.choice(_REGIONS) + born + f"{self.random.randint(1, 999):03}"
            number = body + ric.calc_check_digit(body + "0")
            if number.endswith(end) and ric.is_valid(number):
                return number

    def mobile(self) -> str:
        return (
            self.random.choice(("138", "139", "150", "177", "186", "199", "166", "147"))
            + f"{self.random.randint(0, 99999999):08}"
        )

    def card(self, prefix: str = "", length: int = 19) -> str:
        prefix = prefix or self.random.choice(("622848", "621700", "622202", "623091", "621799"))
        body = prefix + "".join(self.random.choices("0123456789", k=length - 1 - len(prefix)))
        return body + str(luhn.calc_check_digit(body))

    def plate(self) -> str:
        rest = (
            self.random.choice("0123456789")
            + "".join(self.random.choices("0123456789ABCDEFGHJK", k=2))
            + self.digits(2)
        )
        return self.random.choice("豫京冀苏川粤鲁") + self.random.choice("ABCDEFGH") + rest

    def uscc(self, letters: bool) -> str:
        alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        while True:
            body = self.random.choice(("91", "12", "11", "52")) + self.random.choice(
                ("410105", "410122", "320500")
            )
            body += "".join(self.random.choices("0123456789" + ("MAKX" if letters else ""), k=9))
            total = (
                sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(body))
                if not set(body) - set(alphabet)
                else 0
            )
            check = alphabet[(31 - total % 31) % 31]
            if letters or check.isdigit():
                return body + check


def _grouped(text: str, sizes: tuple[int, ...], separator: str) -> str:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(text[at : at + size])
        at += size
    return separator.join([*pieces, text[at:]] if at < len(text) else pieces)


def _wrong(digits: str) -> str:
    return digits[:-1] + str((int(digits[-1]) + 3) % 10 if digits[-1].isdigit() else 5)


def _old(v: Values) -> str:
    number = v.identity()
    return number[:6] + f"{v.random.randint(45, 79)}" + number[10:17]


SLOTS: dict[str, Callable[[Values], str]] = {
    "name": Values.name,
    "name2": Values.name,
    "id": Values.identity,
    "id_fw": lambda v: v.identity().translate(_FULL),
    "id_sp": lambda v: _grouped(v.identity(), (6, 8, 4), " "),
    "id_sp4": lambda v: _grouped(v.identity(), (4, 4, 4, 4, 2), " "),
    "id_hy": lambda v: _grouped(v.identity(), (6, 8, 4), "-"),
    "id_dot": lambda v: _grouped(v.identity(), (6, 8, 4), "．"),
    "id_zw": lambda v: _grouped(v.identity(), (6, 8, 4), "\u200b"),
    "id_x": lambda v: v.identity("X"),
    "id_xl": lambda v: v.identity("X").lower(),
    "id15": _old,
    "id_star": lambda v: v.identity()[:14] + "****",
    "id_star2": lambda v: (lambda n: n[:10] + "****" + n[14:])(v.identity()),
    "id_bad": lambda v: _wrong(v.identity()),
    "m": Values.mobile,
    "mobile_plain": lambda v: f"[[mobile|{v.mobile()}]]",
    "m_fw": lambda v: v.mobile().translate(_FULL),
    "m_sp": lambda v: _grouped(v.mobile(), (3, 4, 4), " "),
    "m_sp335": lambda v: _grouped(v.mobile(), (3, 3, 5), " "),
    "m_hy": lambda v: _grouped(v.mobile(), (3, 4, 4), "－"),
    "m_dot": lambda v: _grouped(v.mobile(), (3, 4, 4), "."),
    "m_one": lambda v: " ".join(v.mobile()),
    "m_zw": lambda v: _grouped(v.mobile(), (3, 4, 4), "\u200d"),
    "m_86": lambda v: "86-" + v.mobile(),
    "m_86p": lambda v: "+86 " + v.mobile(),
    "m_han": lambda v: v.mobile().translate(_HAN),
    "m_star": lambda v: v.mobile()[:9] + "**",
    "c": Values.card,
    "c16": lambda v: v.card(length=16),
    "c_visa": lambda v: v.card("436742", 16),
    "c_mc": lambda v: v.card("5187", 16),
    "c_fw": lambda v: v.card().translate(_FULL),
    "c_sp": lambda v: _grouped(v.card(), (4, 4, 4, 4, 3), " "),
    "c_hy": lambda v: _grouped(v.card(length=16), (4, 4, 4, 4), "-"),
    "c_star": lambda v: v.card()[:12] + "****" + v.card()[-3:],
    "c_bad": lambda v: _wrong(v.card()),
    "p": lambda v: "E" + v.digits(8),
    "p_fw": lambda v: ("E" + v.digits(8)).translate(_FULL),
    "p_sp": lambda v: "E " + _grouped(v.digits(8), (4, 4), " "),
    "p_star": lambda v: "E" + v.digits(6) + "**",
    "p2": lambda v: "EB" + v.digits(7),
    "g": lambda v: "G" + v.digits(8),
    "h": lambda v: "H" + v.digits(8),
    "cc": lambda v: "C" + v.digits(8),
    "pl": Values.plate,
    "pl_dot": lambda v: (lambda p: p[:2] + "·" + p[2:])(v.plate()),
    "pl_sp": lambda v: (lambda p: p[:2] + " " + p[2:])(v.plate()),
    "pl_hy": lambda v: (lambda p: p[:2] + "-" + p[2:])(v.plate()),
    "pl_fw": lambda v: "豫" + "A12B45".translate(_FULL)[:6],
    "pl_star": lambda v: v.plate()[:5] + "**",
    "ne": lambda v: "豫AD" + v.digits(5),
    "ne_dot": lambda v: "豫A·F" + v.digits(5),
    "trailer": lambda v: "豫A" + v.digits(4) + "挂",
    "uscc": lambda v: v.uscc(True),
    "uscc_num": lambda v: v.uscc(False),
    "index": lambda v: f"005252345/2024-{v.digits(5)}",
    "index2": lambda v: f"K{v.digits(8)}-0202-2024-{v.digits(4)}",
    "proj": lambda v: (
        f"24{v.random.randint(1, 12):02}-410105-04-0{v.random.randint(1, 5)}-{v.digits(6)}"
    ),
    "contract": lambda v: f"HT-2024-{v.digits(11)}",
    "tel": lambda v: f"0371-6{v.digits(7)}",
    "acct": lambda v: "4100" + v.digits(16),
    "mm": lambda v: v.mobile()[:3] + "****" + v.mobile()[-4:],
    "idm": lambda v: v.identity()[:3] + "***********" + v.identity()[-4:],
    "cm": lambda v: "***************" + v.digits(4),
    **{f"n{k}": (lambda v, k=k: v.digits(k)) for k in (2, 3, 4)},
    "d11": lambda v: v.mobile(),
    **{f"d{k}": (lambda v, k=k: v.digits(k)) for k in (7, 8, 10, 12, 14, 15, 16, 18, 20)},
}
