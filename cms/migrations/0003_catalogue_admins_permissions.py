"""Catalogue administrators may keep the standard catalogue."""

from django.db import migrations

MODELS = [
    "edition", "editiondomain", "editionitem", "legalbasis", "channel", "organ",
    "holidayarrangement",
]  # fmt: skip
ACTS = ["add", "change", "delete", "view"]
EDITION_ACTS = ["submit_edition", "approve_edition", "put_edition_in_force"]


def allow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    group = apps.get_model("workflows", "RoleGroup").objects.get(role="catalogue_admin").group
    wanted = [(model, f"{act}_{model}") for model in MODELS for act in ACTS]
    wanted += [("edition", act) for act in EDITION_ACTS]
    for model, codename in wanted:
        content_type, _ = ContentType.objects.get_or_create(
            app_label="catalogue_standards", model=model
        )
        # Django makes permissions after all migrations; a new database has none yet.
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type,
            codename=codename,
            defaults={"name": f"Can {codename.replace('_', ' ')}"},
        )
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_drafters_may_upload"),
        ("workflows", "0002_roles_and_workflow"),
        ("catalogue_standards", "0002_edition_life"),
    ]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
