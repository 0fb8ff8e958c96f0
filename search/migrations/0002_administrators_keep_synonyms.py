"""Catalogue and system administrators keep synonyms and see what readers search for."""

from django.db import migrations

ROLES = ["catalogue_admin", "system_admin"]
RIGHTS = [("synonymgroup", act) for act in ("add", "change", "delete", "view")] + [
    ("askedquery", "view")
]


def allow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    roles = apps.get_model("workflows", "RoleGroup").objects.filter(role__in=ROLES, organ=None)
    groups = [role.group for role in roles]
    for model, act in RIGHTS:
        content_type, _ = ContentType.objects.get_or_create(app_label="search", model=model)
        # Django makes permissions after all migrations; a new database has none yet.
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type,
            codename=f"{act}_{model}",
            defaults={"name": f"Can {act} {model}"},
        )
        for group in groups:
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("workflows", "0002_roles_and_workflow"),
    ]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
