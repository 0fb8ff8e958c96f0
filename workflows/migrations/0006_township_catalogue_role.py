"""A township's own catalogue administrator proposes what the township takes of the catalogue."""

from django.db import migrations, models

ROLES = [
    ("drafter", "Drafter"),
    ("department_reviewer", "Department reviewer"),
    ("confidentiality_reviewer", "Confidentiality reviewer"),
    ("signatory", "Signatory"),
    ("catalogue_admin", "Catalogue administrator"),
    ("township_catalogue", "Township catalogue administrator"),
    ("system_admin", "System administrator"),
    ("security_admin", "Security administrator"),
    ("auditor", "Auditor"),
]


def create(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    RoleGroup = apps.get_model("workflows", "RoleGroup")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="catalogue_standards", model="townshipchoice"
    )

    def permission(codename):
        # Django makes permissions after all migrations; a new database has none yet.
        return Permission.objects.get_or_create(
            content_type=content_type,
            codename=codename,
            defaults={"name": f"Can {codename.replace('_', ' ')}"},
        )[0]

    group, _ = Group.objects.get_or_create(name="乡镇目录管理员")
    RoleGroup.objects.get_or_create(
        role="township_catalogue", organ=None, defaults={"group": group}
    )
    access = Permission.objects.get(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    group.permissions.add(access, permission("propose_townshipchoice"))
    county = RoleGroup.objects.get(role="catalogue_admin").group
    county.permissions.add(permission("approve_townshipchoice"))


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0005_findings"),
        ("catalogue_standards", "0004_township_choices"),
    ]

    operations = [
        migrations.AlterField(
            model_name="rolegroup",
            name="role",
            field=models.CharField(choices=ROLES, max_length=30, verbose_name="role"),
        ),
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
