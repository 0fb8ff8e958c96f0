"""A new database is never without the role groups and the review workflow."""

from django.db import migrations

ROLES = {
    "drafter": "拟稿人",
    "department_reviewer": "部门审核人",
    "confidentiality_reviewer": "保密审查员",
    "signatory": "签发人",
    "catalogue_admin": "目录管理员",
    "system_admin": "系统管理员",
    "security_admin": "安全管理员",
    "auditor": "审计员",
}
TASKS = [
    ("DepartmentReviewTask", "部门审核", "department_reviewer"),
    ("ConfidentialityReviewTask", "保密审查", "confidentiality_reviewer"),
    ("SignOffTask", "签发", "signatory"),
]
WORKFLOW = "政务公开审核（部门审核、保密审查、签发）"


def create(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    RoleGroup = apps.get_model("workflows", "RoleGroup")
    access = Permission.objects.get(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    groups = {}
    for role, name in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(access)
        RoleGroup.objects.get_or_create(role=role, organ=None, defaults={"group": group})
        groups[role] = group

    # Wagtail's stock groups and workflow would publish past the gate's people.
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
    apps.get_model("wagtailcore", "Workflow").objects.filter(
        name="Moderators approval"
    ).delete()
    apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval").delete()

    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=WORKFLOW, active=True)
    for order, (model_name, name, role) in enumerate(TASKS):
        model = apps.get_model("workflows", model_name)
        content_type, _ = ContentType.objects.get_or_create(
            app_label="workflows", model=model_name.lower()
        )
        task = model.objects.create(name=name, active=True, content_type=content_type)
        task.groups.add(groups[role])
        apps.get_model("wagtailcore", "WorkflowTask").objects.create(
            workflow=workflow, task_id=task.task_ptr_id, sort_order=order
        )
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    if root is not None:
        pages = apps.get_model("wagtailcore", "WorkflowPage")
        pages.objects.filter(page_id=root.pk).delete()
        pages.objects.create(workflow=workflow, page_id=root.pk)


def remove(apps, schema_editor):
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW).delete()
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES.values()).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(create, remove)]
