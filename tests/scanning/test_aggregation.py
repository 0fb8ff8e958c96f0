import pytest

from workflows.scanning import check_aggregation, check_linkage, scan_file

PEOPLE = ["序号", "性别", "出生年月", "所在村", "补助金额"]


def _rows(*people: str) -> list[list[str]]:
    return [[str(number), *person.split(), "500"] for number, person in enumerate(people, 1)]


@pytest.mark.parametrize(
    ("header", "rows", "k", "columns"),
    [
        (PEOPLE, _rows("男 1950-03 李楼村", "女 1961-07 王庄村", "男 1948-11 李楼村"), 3, "性别"),
        (PEOPLE, _rows(*["男 1950 李楼村"] * 4, "女 1950 李楼村"), 3, "性别"),
        (
            ["年龄", "民族", "职业"],
            [["40", "回族", "教师"], *[["40", "汉族", "教师"]] * 5],
            2,
            "民族",
        ),
    ],
)
def test_small_groups_are_reported_with_their_columns(header, rows, k, columns):
    (finding,) = check_aggregation(rows, header, k)
    assert columns in finding.message


@pytest.mark.parametrize(
    ("header", "rows", "k"),
    [
        (PEOPLE, _rows(*["男 1950 李楼村"] * 3, *["女 1961 王庄村"] * 3), 3),
        (PEOPLE, _rows(*["男 1950 李楼村"] * 3, *["女 1961 王庄村"] * 3), 2),
        (
            ["序号", "项目", "单位", "金额"],
            [["1", "道路", "交通局", "5"], ["2", "绿化", "城管局", "6"]],
            3,
        ),
        (["序号", "姓名", "金额"], [["1", "张三", "5"], ["2", "李四", "6"]], 3),
    ],
)
def test_groups_that_are_large_enough_and_other_tables_are_not(header, rows, k):
    assert check_aggregation(rows, header, k) == []


def test_the_site_chooses_k_and_the_columns():
    rows = [["甲路", "A"], ["甲路", "A"], ["乙路", "B"], ["乙路", "B"]]
    assert check_aggregation(rows, ["街路", "户型"], 2, columns=(0, 1)) == []
    assert check_aggregation(rows, ["街路", "户型"], 3, columns=(0, 1))
    with pytest.raises(ValueError, match="at least 2"):
        check_aggregation(rows, ["街路", "户型"], 1)


def test_a_csv_is_checked_with_the_k_of_the_site():
    data = "性别,年龄,村\n男,40,甲村\n男,40,甲村\n女,50,乙村\n女,50,乙村\n".encode()
    assert scan_file(data, "a.csv", k=2) == []
    assert [f.kind for f in scan_file(data, "a.csv", k=3)] == ["aggregation"]


def test_the_same_people_in_another_list_with_other_columns():
    here = [["张建国", "甲村"], ["李秀英", "乙村"], ["王小明", "丙村"], ["陈杰", "丁村"]]
    there = [["张建国", "二级"], ["李秀英", "一级"], ["王小明", "三级"]]
    (finding,) = check_linkage(here, ["姓名", "村"], there, ["姓名", "残疾等级"], "残疾人补贴名单")
    assert "残疾人补贴名单" in finding.message
    assert "残疾等级" in finding.message
    assert "建国" not in finding.excerpt
    assert check_linkage(here, ["姓名", "村"], there[:2], ["姓名", "残疾等级"], "名单") == []
    assert check_linkage(here, ["姓名", "村"], here, ["姓名", "村"], "名单") == []
    masked = [["张**", "二级"], ["李**", "一级"], ["王**", "三级"]]
    assert check_linkage(here, ["姓名", "村"], masked, ["姓名", "残疾等级"], "名单") == []
