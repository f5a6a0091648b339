"""The RO-Crate: every MUST of its profile, one by one, and what it says of the committed runs."""

import copy
import json
import re
import shutil

import pytest
from conforming import FILE, PROFILE, problems

from actient.crate import committed
from actient.paths import checkout

PATHS = checkout()
TEXT = (PATHS.root / committed.FILE).read_text(encoding="utf-8")
COMMITTED = json.loads(TEXT)


def entity(content, identifier):
    (found,) = (one for one in content["@graph"] if one["@id"] == identifier)
    return found


def first(content, kind):
    return next(one for one in content["@graph"] if kind in one["@type"])


def broken(content, folder=None):
    return {problem.rule for problem in problems(content, folder)}


@pytest.fixture
def planted():
    return copy.deepcopy(COMMITTED)


def test_the_committed_crate_keeps_every_rule():
    assert [str(one) for one in problems(COMMITTED, PATHS.root)] == []


def test_the_committed_crate_is_in_step_with_notebooks_tables_and_lock():
    published, reads = committed.stated(TEXT)
    assert list(reads) == [one.stem for one in PATHS.notebooks()], "run `actient crate`"
    assert committed.described(PATHS, published, reads) == TEXT, "run `actient crate`"


# The MUSTs of Process Run Crate 0.5


def test_must_root_conforms_to_the_profile(planted):
    entity(planted, "./")["conformsTo"] = {"@id": "https://w3id.org/ro/wfrun/process/0.1"}
    assert broken(planted) == {"profile"}


def test_must_the_profile_be_described_as_a_work(planted):
    entity(planted, PROFILE)["@type"] = "Thing"
    assert broken(planted) == {"profile"}


def test_must_software_have_a_type(planted):
    first(planted, "SoftwareSourceCode")["@type"] = "File"
    assert broken(planted) == {"instrument"}


def test_must_software_have_an_identifier(planted):
    del first(planted, "SoftwareSourceCode")["@id"]
    assert broken(planted) >= {"identified", "instrument"}


def test_must_an_action_have_a_type(planted):
    del first(planted, "CreateAction")["@type"]
    assert broken(planted) == {"identified"}


def test_must_there_be_an_action(planted):
    planted["@graph"] = [one for one in planted["@graph"] if "CreateAction" not in one["@type"]]
    assert broken(planted) == {"action"}


def test_must_an_action_have_an_identifier(planted):
    del first(planted, "CreateAction")["@id"]
    assert broken(planted) == {"identified"}


def test_must_an_action_be_unique(planted):
    planted["@graph"].append(dict(first(planted, "CreateAction")))
    assert broken(planted) == {"one-each"}


@pytest.mark.parametrize("instrument", [None, {"@id": "data/poster/claims.csv"}, {"@id": "#none"}])
def test_must_an_action_name_its_instrument(planted, instrument):
    first(planted, "CreateAction")["instrument"] = instrument
    assert broken(planted) == {"instrument"}


# The MUSTs of RO-Crate 1.1 that the profile extends


def test_must_name_the_context(planted):
    planted["@context"] = "https://schema.org"
    assert broken(planted) == {"context"}


def test_must_be_flattened(planted):
    action = first(planted, "CreateAction")
    action["object"] = [{"@id": "#share", "@type": "PropertyValue", "value": "1"}]
    assert broken(planted) == {"flattened"}


def test_must_describe_itself(planted):
    del entity(planted, FILE)["about"]
    assert "descriptor" in broken(planted)


def test_must_the_root_be_a_dataset(planted):
    entity(planted, "./")["@type"] = "CreativeWork"
    assert broken(planted) == {"root"}


def test_must_the_root_be_named_as_a_folder(planted):
    entity(planted, "./")["@id"] = "root"
    entity(planted, FILE)["about"] = {"@id": "root"}
    assert broken(planted) == {"root"}


@pytest.mark.parametrize(
    ("name", "rule"), [("name", "name"), ("description", "description"), ("license", "licence")]
)
def test_must_the_root_say(planted, name, rule):
    del entity(planted, "./")[name]
    assert broken(planted) == {rule}


@pytest.mark.parametrize("date", [None, "November 2026", 2026])
def test_must_the_root_be_dated(planted, date):
    entity(planted, "./")["datePublished"] = date
    assert broken(planted) == {"date"}


def test_must_files_be_part_of_the_root(planted):
    root = entity(planted, "./")
    root["hasPart"] = [one for one in root["hasPart"] if one["@id"] != "data/poster/claims.csv"]
    assert broken(planted) == {"part"}


def test_must_files_be_named_by_a_uri(planted):
    for name in ("/data/a.csv", "data/a b.csv", "..\\a.csv"):
        content = copy.deepcopy(planted)
        content["@graph"].append({"@id": name, "@type": "File"})
        entity(content, "./")["hasPart"].append({"@id": name})
        assert broken(content) == {"uri"}, name


def test_must_files_be_present(tmp_path, planted):
    for one in planted["@graph"]:
        if "File" in one["@type"]:
            (tmp_path / one["@id"]).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PATHS.root / one["@id"], tmp_path / one["@id"])
    assert not broken(planted, tmp_path)
    (tmp_path / "data" / "poster" / "claims.csv").unlink()
    assert broken(planted, tmp_path) == {"present"}


@pytest.mark.parametrize("name", ["startTime", "endTime"])
def test_must_times_be_iso_8601(planted, name):
    first(planted, "CreateAction")[name] = "yesterday"
    assert broken(planted) == {"time"}


# What the committed crate says


def test_each_chapter_is_one_action_listed_by_the_root():
    mentioned = {one["@id"] for one in entity(COMMITTED, "./")["mentions"]}
    actions = [one for one in COMMITTED["@graph"] if one["@type"] == "CreateAction"]
    assert mentioned == {one["@id"] for one in actions}
    ran = [one["instrument"]["@id"] for one in actions]
    assert ran == [PATHS.relative(one) for one in PATHS.notebooks()]
    for action in actions:
        results = {one["@id"] for one in action["result"]}
        assert results == {action["instrument"]["@id"], "data/reference/results.json"}


def test_parameters_are_those_of_the_notebook():
    action = entity(COMMITTED, "#run-07_selection-fr")
    stated = [entity(COMMITTED, one["@id"]) for one in action["object"] if one["@id"][0] == "#"]
    assert {one["name"]: one["value"] for one in stated} == {
        "lang": "fr",
        "responses": "",
        "largest_ratio": "4.0",
        "bias": "0.1",
    }
    assert all(one["description"] for one in stated)


def test_versions_are_those_of_the_lock():
    papermill = committed.locked_version(PATHS, "papermill")
    lock = (PATHS.root / "requirements.txt").read_text(encoding="utf-8")
    assert f"\npapermill=={papermill} " in lock
    assert entity(COMMITTED, f"https://pypi.org/project/papermill/{papermill}/")
    with pytest.raises(committed.CrateError, match="make lock"):
        committed.locked_version(PATHS, "a-package-that-is-not-there")


def test_the_posters_words_stay_outside_our_licences():
    licences = entity(COMMITTED, "data/poster/claims.csv")["license"]
    terms = [entity(COMMITTED, one["@id"]) for one in licences]
    assert any("outside the compendium's licences" in one["name"] for one in terms)


def test_nobody_and_no_identifier_is_invented():
    assert not re.search(r"orcid\.org|\d{4}-\d{4}-\d{4}-\d{3}[\dX]|doi\.org|urn:uuid", TEXT)
    people = [one["name"] for one in COMMITTED["@graph"] if one["@type"] == "Person"]
    assert people == ["Annick Delpech"]
    assert "endTime" not in TEXT, "nobody noted when the committed runs ended"
