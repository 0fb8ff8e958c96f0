"""What readers say and what offices write: a new site knows these from its first day."""

from django.db import migrations

GROUPS = [
    "低保 最低生活保障",
    "医保 医疗保险 医疗保障",
    "社保 社会保险",
    "养老金 基本养老保险",
    "公租房 公共租赁住房",
    "危房改造 危旧房改造",
    "征地 土地征收 征收土地",
    "拆迁 房屋征收",
    "种粮补贴 耕地地力保护补贴",
    "农机补贴 农机购置补贴 农机购置与应用补贴",
    "惠农补贴 涉农补贴",
    "五保 特困人员",
    "招聘 招录",
    "高龄津贴 高龄补贴",
    "残疾人补贴 残疾人两项补贴",
    "环评 环境影响评价",
    "户口 户籍",
    "法律援助 法援",
]


def load(apps, schema_editor):
    model = apps.get_model("search", "SynonymGroup")
    if not model.objects.exists():
        model.objects.bulk_create(model(words=words) for words in GROUPS)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_administrators_keep_synonyms")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
