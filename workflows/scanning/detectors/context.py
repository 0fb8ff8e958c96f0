"""What stands beside a number decides what the number is.

The label right before it (统一社会信用代码, 项目编号 …) or the unit right after it (元, 亩 …) makes
it something other than personal data.
"""

import re

_NOT_PERSONAL = re.compile(
    r"(?:社会信用代码|信用代码|机构代码|税务登记号|纳税人识别号|税号|信用编码|登记证号|"
    r"(?:项目|工程|标段|合同|协议|采购|招标|投标|标书|立项|备案|批复|审批|许可|许可证|执照|证书|不动产权证?|产权证?|"
    r"宗地|地块|图斑|图号|批次|案件|案卷|档案|文件|公告|通知书|决定书|受理|业务|订单|订货|运单|快递|物流|流水|交易|"
    r"发票|票据|凭证|收据|工单|设备|产品|商品|物料|资产|型号|序列|条形?|追溯|防伪|批准|备案登记|统计|区划|行政区划|"
    r"监督举报|信息|事项|服务|办件|查询|考生|准考证|报考|岗位|职位|教师资格证|出生证明?|检验|检测|报告|样品|任务|指标|"
    r"网站标识|ICP|公网安备|公安备案|邮政|气表|水表|电表|用电|户表|缴费|表|资金|预算|科目|支付|拨付)"
    r"(?:单元)?(?:编号|编码|代码|号码|单号|文号|证号|标识码|条码|户号|号)|"
    r"(?<!身份)(?<!件)证号|[受来办]理?件|索引号|文号|案号|编号|编码|单号|代码|条形?码|序列号|流水号|序号|邮编|ISBN|ISSN|CN|QQ|qq|版本|备案号|"
    r"公网安备|ICP备|豫ICP备|标识码|型号|热线|传真|总机|坐标|经度|纬度|面积|金额|总额|总价|报价|造价|资金|投资|[数额量价值率])"
    r"(?:为|是|[:：=])?[\s\"“'(（#№:：]{0,4}(?:No\.?|NO\.?)?[A-Za-z]{0,6}[-_]?$"
)
_UNIT = re.compile(
    r"\s?(?:\.\d|%|‰|[十百千万亿]*(?:元|人次|人民币|美元|㎡|平方|亩|公顷|公斤|千克|吨|千瓦|瓦|度电|立方|公里|千米|米|"
    r"株|棵|件|册|次|户|号(?!码|机)|辆|台|字节|号文|号公告|号令))"
)
LABEL_REACH = 24


def denied(text: str, start: int, end: int) -> bool:
    """True where the label before or the unit after says that the number is not a person's."""
    before = text[max(0, start - LABEL_REACH) : start]
    return bool(_NOT_PERSONAL.search(before)) or bool(_UNIT.match(text, end))


def near(pattern: re.Pattern[str], text: str, start: int, end: int, reach: int) -> bool:
    """True where `pattern` stands within `reach` characters before or after, in the same line."""
    left = text[max(0, start - reach) : start].rpartition("\n")[2]
    right = text[end : end + reach].partition("\n")[0]
    return bool(pattern.search(left) or pattern.search(right))


def before(pattern: re.Pattern[str], text: str, start: int, reach: int) -> bool:
    """True where `pattern` stands within `reach` characters before, in the same line."""
    return bool(pattern.search(text[max(0, start - reach) : start].rpartition("\n")[2]))
