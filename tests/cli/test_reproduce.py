"""`actient reproduce` and `actient checksums`: exit codes that mean something, and words."""

import json
import shutil

import pytest
from certifying import PATHS, certified
from click.testing import CliRunner

from actient import cli
from actient.reproduce import certificate, page, reproduction
from actient.reproduce.certificate import Difference
from actient.reproduce.clone import CloneError
from actient.reproduce.steps import StepError

PLANTED = Difference("versions", "numpy", "", "2.4.6", "2.4.5")


@pytest.fixture
def reproduce(monkeypatch, tmp_path):
    def run(outcome, *arguments):
        def made(paths, out, say, *, keep):
            say("a step")
            if isinstance(outcome, BaseException):
                raise outcome
            return reproduction.Made(outcome, out / "certificate.html", out / "c.json", None)

        monkeypatch.setattr(reproduction, "reproduce", made)
        return CliRunner().invoke(cli.main, ["reproduce", "--out", str(tmp_path), *arguments])

    return run


def test_all_matched_is_0_and_the_page_is_named(reproduce, tmp_path):
    done = reproduce(certified())
    assert done.exit_code == 0
    assert str(tmp_path / "certificate.html") in done.stdout
    assert "a step" in done.stderr
    assert "a step" not in done.stdout


def test_a_difference_is_1_and_is_named(reproduce):
    done = reproduce(certified(PLANTED))
    assert done.exit_code == 1
    assert "versions: numpy: expected 2.4.6, found 2.4.5" in done.stdout


def test_very_many_differences_leave_the_verdict_in_sight(reproduce):
    done = reproduce(certified(*[PLANTED] * 200))
    assert done.stdout.count("versions: numpy") == 20
    assert "… and 180 more; the certificate has them all." in done.stdout


def test_no_line_is_too_long_to_read(reproduce):
    long = Difference(
        "outputs", "fr/01_context", "cell 7", "x\n" * 9000 + "42", "x\n" * 9000 + "43"
    )
    done = reproduce(certified(long))
    assert max(map(len, done.stdout.splitlines())) < 200
    assert [line[-2:] for line in done.stdout.splitlines() if "…" in line] == ["42", "43"]


def test_a_changed_data_file_is_seen_before_the_records_that_follow_from_it(reproduce):
    records = [
        Difference("records", f"{lang}/07_selection", f"r{place}", 1, 2)
        for lang in ("en", "fr")
        for place in range(26)
    ]
    done = reproduce(
        certified(*records, Difference("data", "data/poster/claims.csv", "", "a", "b"))
    )
    lines = done.stdout.splitlines()
    assert lines[0].startswith("versions")
    told = [line for line in lines if line.startswith("  ")]
    assert told[0].startswith("  data: data/poster/claims.csv")
    assert told[1].startswith("  records: 07_selection (in both languages) · r0")
    assert "… and 7 more" in told[-1]


def test_help_lists_the_code_of_every_end():
    said = " ".join(CliRunner().invoke(cli.main, ["reproduce", "--help"]).output.split())
    for code in ("0 all matched", "1 differences", "2 no certificate", "130", "143"):
        assert code in said
    assert "nothing was run" not in said


def test_json_is_the_certificate_alone(reproduce):
    done = reproduce(certified(PLANTED), "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["examined"]["differences"][0]["where"] == "numpy"


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (CloneError.no_git(), 2, "git was not found"),
        (StepError.failed("It stopped.", "Do this.", ["x"], PATHS.root), 2, "It stopped. Do this."),
        (PermissionError(13, "Permission denied", "certificate"), 2, "Permission denied"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_what_could_not_run_is_told_without_a_certificate(reproduce, error, code, said):
    done = reproduce(error)
    assert done.exit_code == code
    assert said in done.stderr
    assert "certificate was written" in done.stderr
    assert done.stdout == ""
    assert "nothing is left" not in done.stderr


@pytest.mark.parametrize("error", [StepError("It stopped."), KeyboardInterrupt()])
def test_a_run_that_stopped_says_where_its_logs_are(reproduce, tmp_path, error):
    assert "The logs are in" not in reproduce(error).stderr
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "rerun.log").touch()
    said = f"No certificate was written. The logs are in {tmp_path / 'logs'}."
    assert said in reproduce(error).stderr


@pytest.mark.parametrize("name", ["certificate.html", "certificate.json"])
def test_a_file_of_somebody_else_is_refused_before_anything_runs(reproduce, tmp_path, name):
    (tmp_path / name).write_text("my own", encoding="utf-8")
    done = reproduce(certified())
    assert done.exit_code == 2
    assert "a step" not in done.stderr
    for said in (f"--out {tmp_path / name}: ", "exists and is not a certificate", "--force"):
        assert said in done.stderr
    assert (tmp_path / name).read_text(encoding="utf-8") == "my own"
    assert reproduce(certified(), "--force").exit_code == 0


def test_a_certificate_of_ours_is_replaced_without_asking(reproduce, tmp_path):
    (tmp_path / "certificate.html").write_text(page.html(certified()), encoding="utf-8")
    kept = certificate.as_json(certified(PLANTED))
    (tmp_path / "certificate.json").write_text(kept, encoding="utf-8")
    assert reproduce(certified()).exit_code == 0


def test_outside_a_checkout_is_no_difference(reproduce, monkeypatch, tmp_path):
    monkeypatch.setenv("ACTIENT_ROOT", str(tmp_path))
    done = reproduce(certified())
    assert done.exit_code == 2
    assert "ACTIENT_ROOT" in done.stderr


def test_a_defect_of_ours_keeps_its_traceback_and_is_no_difference(
    reproduce, monkeypatch, tmp_path
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    done = reproduce(ZeroDivisionError("ours"))
    assert done.exit_code == 70
    assert "traceback is in" in done.stderr


def test_checksums_are_checked_and_rewritten(tmp_path, monkeypatch):
    shutil.copytree(PATHS.data, tmp_path / "data")
    monkeypatch.setenv("ACTIENT_ROOT", str(tmp_path))
    check = ["checksums", "--check"]
    assert CliRunner().invoke(cli.main, check).exit_code == 0
    path = tmp_path / "data" / "poster" / "claims.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    found = CliRunner().invoke(cli.main, check)
    assert found.exit_code == 1
    assert "data/poster/claims.csv" in found.stdout
    assert "claims.csv" in CliRunner().invoke(cli.main, ["checksums"]).stdout
    assert CliRunner().invoke(cli.main, check).exit_code == 0


@pytest.mark.parametrize("arguments", [[], ["--check"]])
def test_a_merge_conflict_in_the_data_package_is_told_with_its_line(
    tmp_path, monkeypatch, arguments
):
    shutil.copytree(PATHS.data, tmp_path / "data")
    monkeypatch.setenv("ACTIENT_ROOT", str(tmp_path))
    package = tmp_path / "data" / "datapackage.json"
    lines = package.read_text(encoding="utf-8").splitlines()
    package.write_text("\n".join([*lines[:40], "<<<<<<< HEAD", *lines[40:]]), encoding="utf-8")
    found = CliRunner().invoke(cli.main, ["checksums", *arguments])
    assert found.exit_code == 1
    assert f"{package}, line 41: not JSON" in found.stderr
