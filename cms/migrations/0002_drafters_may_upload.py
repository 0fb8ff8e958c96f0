"""Drafters may upload and choose attachments and pictures."""

from django.db import migrations

CODES = {"attachment": ["add_attachment", "choose_attachment"], "picture": ["add_picture", "choose_picture"]}


def allow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Collection = apps.get_model("wagtailcore", "Collection")
    rights = apps.get_model("wagtailcore", "GroupCollectionPermission")
    root = Collection.objects.filter(depth=1).first()
    group = apps.get_model("workflows", "RoleGroup").objects.get(role="drafter", organ=None).group
    if root is None:
        return
    for model, codes in CODES.items():
        content_type, _ = ContentType.objects.get_or_create(app_label="cms", model=model)
        for code in codes:
            permission, _ = Permission.objects.get_or_create(
                content_type=content_type, codename=code, defaults={"name": f"Can {code.replace('_', ' ')}"}
            )
            rights.objects.get_or_create(group=group, collection=root, permission=permission)


class Migration(migrations.Migration):
    dependencies = [("cms", "0001_initial"), ("workflows", "0002_roles_and_workflow")]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
