"""The project keeps its own house rules: imports, migrations, translations, templates, locks, docs."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.template.loader import get_template
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = [ROOT / name for name in ("cms", "catalogue_standards", "workflows", "search")]
SHARED_TEMPLATES = ROOT / "templates"
CATALOGUES = sorted(
    path for folder in [*PACKAGES, SHARED_TEMPLATES] for path in folder.rglob("*.po")
)
TEMPLATES = sorted(
    str(path.relative_to(folder))
    for folder in [SHARED_TEMPLATES, *(package / "templates" for package in PACKAGES)]
    for path in folder.rglob("*.html")
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCKS = {
    "requirements.lock": [],
    "requirements-demo.lock": ["demo"],
    "requirements-dev.lock": ["demo", "dev"],
}


def relative(path):
    return str(path.relative_to(ROOT))


def test_imports_run_one_way():
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("path", CATALOGUES, ids=relative)
def test_translations_are_complete_and_compiled(path):
    source = polib.pofile(str(path))
    assert not [entry.msgid for entry in source.untranslated_entries()], "without Chinese"
    assert not [entry.msgid for entry in source.fuzzy_entries()], "fuzzy: check and clear the flag"
    compiled = {
        (entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural)
        for entry in polib.mofile(str(path.with_suffix(".mo")))
    }
    assert compiled == {
        (entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural)
        for entry in source.translated_entries()
    }, "run `make messages` and commit the .mo file"


@pytest.mark.parametrize("path", CATALOGUES, ids=relative)
def test_translations_keep_their_placeholders(path):
    def placeholders(text):
        return sorted(set(re.findall(r"%\(\w+\)[sd]|(?<!\{)\{\w*\}(?!\})", text)))

    for entry in polib.pofile(str(path)).translated_entries():
        known = set(placeholders(entry.msgid)) | set(placeholders(entry.msgid_plural))
        for chinese in [entry.msgstr, *entry.msgstr_plural.values()]:
            if chinese:
                assert set(placeholders(chinese)) <= known, entry.msgid
        if entry.msgstr:
            assert placeholders(entry.msgstr) == placeholders(entry.msgid), entry.msgid


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_compile(name):
    get_template(name)


def locked(name):
    lines = (ROOT / name).read_text().splitlines()
    pins = (re.match(r"([\w.-]+)==(\S+)", line) for line in lines)
    return {canonicalize_name(pin[1]): pin[2] for pin in pins if pin}


@pytest.mark.parametrize(("name", "extras"), LOCKS.items())
def test_locks_follow_the_project_file(name, extras):
    wanted = list(PROJECT["dependencies"])
    for extra in extras:
        wanted += PROJECT["optional-dependencies"][extra]
    pins = locked(name)
    for requirement in map(Requirement, wanted):
        pin = pins.get(canonicalize_name(requirement.name))
        assert pin and requirement.specifier.contains(pin, prereleases=True), (
            f"{requirement}: run `make lock`"
        )


def test_locks_agree_and_name_no_address():
    everything = locked("requirements-dev.lock")
    for name in LOCKS:
        assert locked(name).items() <= everything.items()
        assert "://" not in (ROOT / name).read_text()


def test_every_make_target_is_explained():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split())
    help_text = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True
    ).stdout
    assert {line.split()[0] for line in help_text.splitlines()} == targets


def test_every_setting_from_the_environment_is_explained():
    settings = "".join(path.read_text() for path in (ROOT / "cms" / "settings").glob("*.py"))
    names = set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", settings))
    explained = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "deploy.md").read_text(), re.M))
    assert names
    assert names - explained == set(), "add it to the table in docs/deploy.md"


def imported_by(folder):
    """The top-level modules that Python files under `folder` import, anywhere in them."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


@pytest.mark.parametrize("folder", PACKAGES, ids=relative)
def test_what_is_imported_is_declared(folder):
    own = sys.stdlib_module_names | {package.name for package in PACKAGES}
    declared = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["demo"]]
    # What Wagtail and Django are built on comes with them.
    for framework in ("wagtail", "django"):
        needs = importlib.metadata.requires(framework) or []
        declared += [need for need in needs if "extra ==" not in need]
    names = {canonicalize_name(Requirement(text).name) for text in declared}
    providers = importlib.metadata.packages_distributions()
    for module in set(imported_by(folder)) - own:
        provided_by = {canonicalize_name(name) for name in providers.get(module, [])}
        assert provided_by & names, f"{module}: declare what provides it in pyproject.toml"
