"""Words are tested: commands, settings, vocabularies, categories and decisions are in the documents."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from typer.main import get_command

import domain
from commands.main import app
from domain.labelled import Labelled
from pipeline.settings.settings import Settings
from scheduler import JOBS

ROOT = Path(__file__).parent.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def vocabularies() -> list[type[Labelled]]:
    modules = [importlib.import_module(f"domain.{module.name}") for module in pkgutil.iter_modules(domain.__path__)]
    return [
        found
        for module in modules
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, Labelled) and found.__module__ == module.__name__
        if found is not Labelled
    ]


@pytest.mark.parametrize("vocabulary", vocabularies(), ids=lambda one: one.__name__)
def test_every_word_of_every_vocabulary_stands_in_the_glossary(vocabulary: type[Labelled]):
    words = ", ".join(f"`{member.value}` {member.label}" for member in vocabulary)

    assert f"- `{vocabulary.__name__}`: {words}" in GLOSSARY


def test_every_setting_is_explained():
    for name in Settings.model_fields:
        assert f"QIANSHAO_{name.upper()}" in OPERATIONS


def test_every_command_has_help_and_stands_in_the_readme():
    root = get_command(app)
    for noun, command in root.commands.items():  # type: ignore[attr-defined]
        assert re.search(rf"\b{noun}\b", README), noun
        for verb, inner in getattr(command, "commands", {noun: command}).items():
            assert inner.help, f"{noun} {verb}"


def test_every_job_is_a_command_that_exists_and_is_explained():
    root = get_command(app)
    for job in JOBS:
        noun, *rest = job.command.split()
        command = root.commands[noun]  # type: ignore[attr-defined]
        if rest and hasattr(command, "commands"):
            assert rest[0] in command.commands
        assert f"qianshao {job.command}" in OPERATIONS


def test_links_between_documents_lead_somewhere():
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
