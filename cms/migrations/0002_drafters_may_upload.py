"""Drafters may upload and choose attachments and pictures."""

from django.db import migrations

# Wagtail asks for the permissions of its own models, also where a site has its own.
CODES = {
    ("wagtaildocs", "document"): ["add_document", "choose_document"],
    ("wagtailimages", "image"): ["add_image", "choose_image"],
}


def allow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Collection = apps.get_model("wagtailcore", "Collection")
    rights = apps.get_model("wagtailcore", "GroupCollectionPermission")
    root = Collection.objects.filter(depth=1).first()
    group = apps.get_model("workflows", "RoleGroup").objects.get(role="drafter", organ=None).group
    if root is None:
        return
    for (app, model), codes in CODES.items():
        content_type, _ = ContentType.objects.get_or_create(app_label=app, model=model)
        for code in codes:
            permission, _ = Permission.objects.get_or_create(
                content_type=content_type, codename=code, defaults={"name": f"Can {code.replace('_', ' ')}"}
            )
            rights.objects.get_or_create(group=group, collection=root, permission=permission)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_initial"),
        ("workflows", "0002_roles_and_workflow"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
