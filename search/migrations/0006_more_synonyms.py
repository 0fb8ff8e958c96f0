"""More of what readers say and offices write; groups that administrators changed stay as they are."""

from django.db import migrations

# What a group was, and what it is now; a new group was nothing.
GROUPS = {
    "五保 特困人员": "五保 五保户 特困人员 特困供养",
    "招聘 招录": "招聘 招录 招工",
    "": (
        "养老院 敬老院 养老机构",
        "老年食堂 老年助餐 助餐点 长者食堂",
        "身份证 居民身份证",
        "社保卡 社会保障卡",
        "补办 补领",
        "上户口 落户 出生登记",
        "外地户口 随迁子女",
        "自来水 城市供水 供水",
        "营养餐 营养改善计划",
        "摆摊 摊贩 地摊",
        "饭店 餐饮",
        "个体户 个体工商户",
        "报税 纳税申报 申报纳税",
        "创业贷款 创业担保贷款",
        "技能培训 职业技能培训 职业培训",
        "非遗 非物质文化遗产",
        "土地出让 国有建设用地使用权出让 国有土地使用权出让",
        "打疫苗 接种疫苗 预防接种",
        "救灾物资 救助物资 救灾捐赠",
        "补助 补贴",
        "建房 建住宅 宅基地",
        "违建 违法建设 违章建筑",
        "举报 投诉举报",
        "新农合 居民医保 城乡居民基本医疗保险",
        "退休金 养老金",
        "失业金 失业保险金",
        "大病救助 医疗救助",
        "残疾证 残疾人证",
        "营业执照 企业登记",
        "老旧小区 老小区",
        "农民工 务工人员 进城务工人员",
        "欠薪 拖欠工资",
        "环保 生态环境",
        "城管 城市管理",
        "卫健 卫生健康",
        "住建 住房和城乡建设",
        "信访 来信来访",
        "学区 招生范围",
        "贫困户 脱贫户 监测对象",
        "扶贫资金 衔接资金 衔接推进乡村振兴补助资金",
    ),
}


def load(apps, schema_editor):
    model = apps.get_model("search", "SynonymGroup")
    for before, after in GROUPS.items():
        if before:
            model.objects.filter(words=before).update(words=after)
            continue
        for words in after:
            model.objects.get_or_create(words=words)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_changes_for_the_search_server")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
