"""The role that may publish before review in an emergency (突发事件)."""

from django.db import migrations

ROLE = "emergency_publisher"
NAME = "应急发布人"


def create(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    group, _ = Group.objects.get_or_create(name=NAME)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    apps.get_model("workflows", "RoleGroup").objects.get_or_create(
        role=ROLE, organ=None, defaults={"group": group}
    )


def remove(apps, schema_editor):
    apps.get_model("workflows", "RoleGroup").objects.filter(role=ROLE).delete()
    apps.get_model("auth", "Group").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0007_life_after_publication"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(create, remove)]
