import os
import subprocess
import sys
from pathlib import Path

import pytest

from workflows.scanning import Kind, mask_text, scan_terms, scan_text

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证410105199003070018", "身份证410***********0018"),
        ("身份证 410105 19900307 0018", "身份证 410*** ******** 0018"),
        ("手机１３８００１３８０００", "手机１３８****８０００"),
        ("手机+86 138-0013-8000", "手机+86 138-****-8000"),
        ("银行卡号6222021234567890128", "银行卡号***************0128"),
        ("患者欧阳娜娜，肺癌晚期", "患者欧阳**，肺癌晚期"),
        ("学生王小明，三年级", "学生王**，三年级"),
        ("住址：幸福小区7号楼1单元302室", "住址：幸福小区**********"),
        ("住址：睢县李楼村四组18号", "住址：睢县李楼村*****"),
        ("邮箱zhangsan@163.com", "邮箱z*******@163.com"),
        ("护照E12345678出境", "护照E******78出境"),
        ("联系人张建国13800138000", "联系人张**138****8000"),
    ],
)
def test_masks_by_the_rule_table_and_keeps_the_length(text, masked):
    assert mask_text(text, scan_text(text)) == masked


@pytest.mark.parametrize(
    "text",
    [
        "身份证410105199003070018",
        "手机13800138000",
        "银行卡号6222021234567890128",
        "护照E12345678出境",
        "学生王小明，三年级",
        "住址：幸福小区7号楼1单元302室",
        "邮箱zhangsan@163.com",
        "车牌豫A12B45",
    ],
)
def test_what_is_masked_is_not_found_again(text):
    assert scan_text(mask_text(text, scan_text(text))) == []


def test_an_excerpt_shows_neither_the_finding_nor_its_neighbours():
    text = "张建国 410105199003070018 13800138000"
    for finding in scan_text(text):
        assert "199003070" not in finding.excerpt
        assert "0013" not in finding.excerpt
        assert "建国" not in finding.excerpt


def test_offsets_count_the_characters_as_written():
    text = "号\u200b码：１３８\u200b００１３８０００。"
    (finding,) = scan_text(text, place="标题")
    assert (finding.kind, finding.place) == (Kind.MOBILE, "标题")
    assert text[finding.start : finding.end] == "１３８\u200b００１３８０００"


def test_findings_of_another_text_are_refused():
    with pytest.raises(ValueError, match="outside"):
        mask_text("短", scan_text("手机13800138000"))


def test_a_minor_is_known_by_the_identity_number():
    kinds = {f.kind for f in scan_text("户主之女李娜，身份证号410105201503070022")}
    assert {Kind.ID_CARD, Kind.MINOR} <= kinds


def test_needs_no_django():
    code = "import sys, workflows.scanning; sys.exit(any(m.split('.')[0] == 'django' for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={"PATH": os.environ["PATH"]})
    assert done.returncode == 0


def test_terms_alone_are_found_as_with_everything_else():
    text = "经办人13800138000，蓝鲸 计划启动"
    (finding,) = scan_terms(text, dictionary=["蓝鲸计划"], place="正文")
    assert finding in scan_text(text, dictionary=["蓝鲸计划"], place="正文")
    assert text[finding.start : finding.end] == "蓝鲸 计划"
    assert "0013" not in finding.excerpt
    assert scan_terms(text, dictionary=["白鲸计划"]) == []
