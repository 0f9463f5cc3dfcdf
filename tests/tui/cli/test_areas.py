"""What ward numbers are made of and what they leave out, as the commands say it, on files of another force."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.extract import COLUMNS
from tests.db.made_releases import write_lookup, write_street
from tui import exits
from tui.main import app


@pytest.fixture
def tasking(tmp_path: Path) -> Any:
    """Runs a command on a store that holds nothing yet."""

    def run(*words: str | Path, code: int = exits.OK) -> str:
        env = {"TASKING_STORE": str(tmp_path / "s.db"), "COLUMNS": "240"}
        done = CliRunner().invoke(app, [str(word) for word in words], env=env)
        assert done.exit_code == code, f"{done.output} {done.exception}"
        return done.output + (str(done.exception) if code == exits.REFUSED else "")

    return run


def _street(path: Path, areas: Sequence[str], month: str = "2018-02") -> Path:
    """A month of burglaries of a force that is not in London: one in each area; none of them if it is empty."""
    usual = {"Month": month, "Reported by": "Fen Police", "Falls within": "Fen Police", "Crime type": "Burglary"}
    rows = [
        {**usual, "Crime ID": f"f{number}", "LSOA code": code, "LSOA name": "Fenland 003C" if code else ""}
        for number, code in enumerate(areas)
    ]
    return write_street(path, rows)


def test_a_second_lookup_moves_no_count_until_it_is_chosen(tasking: Any, tmp_path: Path) -> None:
    street = _street(tmp_path / "2018-02-fen-street.csv", ["E01088001"] * 2 + ["E01088002"] * 3)
    old = [["E01088001", "W19", "Mere", "Fenland"], ["E01088002", "W19", "Mere", "Fenland"]]
    tasking("import", street, write_lookup(tmp_path / "old.csv", old, ("LSOA11CD", "WD19CD", "WD19NM", "LAD19NM")))
    first = json.loads(tasking("wards", "--json"))
    new = [["E01088001", "W25", "Mere", "Fenland"], ["E01088007", "W25", "Mere", "Fenland"]]
    tasking("import", write_lookup(tmp_path / "new.csv", new, ("LSOA21CD", "WD25CD", "WD25NM", "LAD25NM")))
    found = json.loads(tasking("wards", "--json"))
    assert [(one["ward_code"], one["count"]) for one in found["entries"]] == [("W19", 5)]
    assert (found["map"], found["lookup"]["files"], found["entries"]) == ("wd19-lsoa11", ["old.csv"], first["entries"])
    assert "Ward map: wd19-lsoa11 (wards of 2019, areas of 2011; old.csv)" in tasking("wards")
    listed = json.loads(tasking("lookup", "use", "wd25-lsoa21", "--release", found["release"], "--json"))
    assert [(one["name"], one["wards"], one["areas"]) for one in listed["lookups"]] == [
        ("wd19-lsoa11", 2019, 2011), ("wd25-lsoa21", 2025, 2021),
    ]  # fmt: skip
    assert listed["releases"][0]["lookup"]["other_generation"]
    assert "of another generation" in tasking("wards")
    assert "Release 201802-201802-fen is counted on ward map wd25-lsoa21" in tasking("journal")
    tasking("verify")


@pytest.mark.parametrize("words", [("use",), ("take", "x"), ("--release", "x")])
def test_a_lookup_command_that_is_half_said_is_refused(tasking: Any, tmp_path: Path, words: tuple[str, ...]) -> None:
    tasking("import", write_lookup(tmp_path / "l.csv", [["A", "W"]]))
    tasking("lookup", *words, code=exits.USAGE)


def test_what_has_no_ward_is_said_wherever_its_numbers_are_used(tasking: Any, tmp_path: Path) -> None:
    lookup = write_lookup(tmp_path / "l.csv", [["E01088001", "W1"]])
    tasking("import", lookup, _street(tmp_path / "s.csv", ["E01088001"] * 6 + [""] * 2, "2024-02"))
    for words in (("wards",), ("priority", "--top", "1"), ("officers", "--total", "3"), ("focus",)):
        assert "2 of 8 incidents (25.0%) have no ward: 51 of 204 days of harm" in tasking(*words)
        [missing] = json.loads(tasking(*words, "--json"))["not_counted"]
        assert (missing["kind"], missing["count"], missing["of"], missing["share"]) == ("no_ward", 2, 8, 0.25)
        assert (missing["days"], missing["days_of"]) == (51, 204)


def test_where_no_ward_is_counted_priority_and_officers_refuse_alike(tasking: Any, tmp_path: Path) -> None:
    tasking("import", _street(tmp_path / "s.csv", ["E01088001"]))
    [one, other] = (
        tasking(*words, code=exits.REFUSED) for words in (("priority",), ("officers", "--among", "adopted"))
    )
    assert one == other
    assert "No ward has a count in release 201802-201802-fen: no lookup that is held (profile lsoa-ward) leads" in one


def test_a_ward_says_how_many_months_are_held_as_the_list_does(tasking: Any, tmp_path: Path) -> None:
    tasking(
        "import", write_lookup(tmp_path / "l.csv", [["E01088001", "W1"]]), _street(tmp_path / "s.csv", ["E01088001"])
    )
    assert "1 of 12 months held." in tasking("ward", "W1")
    assert json.loads(tasking("ward", "W1", "--json"))["caveats"] == ["1 of 12 months held"]


def _reports(path: Path, codes: Sequence[str], people: int, **others: str) -> Path:
    """Reports of one offence each, shared out among so many people, of whom each is named by the victim."""
    rows = []
    for number, code in enumerate(codes):
        row = dict.fromkeys(COLUMNS, "") | {"crime_ref": f"T{number}", "ho_code": code, "offence": f"Offence {code}"}
        row |= {"committed_from": "2024-05-02", "reported_on": "2024-05-03", "vawg": "yes", "detected_by": "public"}
        row |= {"domestic_abuse": "no", "role": "named suspect", "named_by": "victim", "victim_ref": f"V{number}"}
        row |= {"person_ref": f"N{number % people}", "surname": "Made", "forenames": "Up", "status": "at large"}
        rows.append(row | others)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_explain_and_a_comparison_narrow_to_a_status_as_rank_does(tasking: Any, tmp_path: Path) -> None:
    tasking("import", _reports(tmp_path / "a.csv", ["105/01"] * 4 + ["008/06"] * 4, 2))
    inside = _reports(tmp_path / "b.csv", ["105/01"] * 4, 1, status="in prison", person_ref="N7")
    inside.write_text(inside.read_text(encoding="utf-8").replace("T", "U"), encoding="utf-8")
    tasking("import", inside)
    asked = (*AS_OF, "--status", "at large")
    ranked = json.loads(tasking("rank", *asked, "--json"))
    assert [one["person"] for one in ranked["entries"]] == ["N0", "N1"]
    why = json.loads(tasking("explain", "N0", *asked, "--json"))["ranking"]
    assert (why["rank"], why["ranked"]) == (1, 2)
    assert "no rank: the status is 'in prison', not at large" in tasking("explain", "N7", *asked)
    apart = json.loads(tasking("rank", "--compare", "v100,css", "--min-crimes", "1", *asked, "--json"))
    assert "N7" not in [one["person"] for one in apart["entries"]]


AS_OF = ("--as-of", "2024-12-31")


def test_where_nothing_has_a_weight_there_is_no_ranking_by_harm(tasking: Any, tmp_path: Path) -> None:
    codes = [f"BX-{number % 7}" for number in range(20)]
    tasking("import", _reports(tmp_path / "r.csv", codes, 10))
    printed = tasking("rank", *AS_OF, "--top", "3").strip()
    assert len(printed.splitlines()) == 1
    assert "20 of 20 reports have no weight, so there is no ranking by harm" in printed
    assert "most frequent: BX-0 (3), BX-1 (3)" in printed
    found = json.loads(tasking("rank", *AS_OF, "--top", "3", "--json"))
    assert (found["entries"], found["unweighed"], found["no_ranking"] is None) == ([], 20, False)


def test_ties_at_the_last_rank_are_printed_up_to_twice_the_ranks(tasking: Any, tmp_path: Path) -> None:
    tasking("import", _reports(tmp_path / "r.csv", ["105/01"] * 9, 9))
    asked = (*AS_OF, "--min-crimes", "1", "--top", "2")
    assert "5 more share rank 1." in tasking("rank", *asked)
    for command in ("rank", "stability"):
        found = json.loads(tasking(command, *asked, "--json"))
        assert (len(found["entries"]), found["more"]) == (4, [{"rank": 1, "count": 5}])
    assert "more share" not in tasking("rank", *asked[:-1], "5")
    assert "by home, else by the latest report that counts." in tasking("rank", *asked, "--scope", "CN")
    tasking("import", _street(tmp_path / "s.csv", ["E01088001", "E01088002", "E01088003"]))
    tasking("import", write_lookup(tmp_path / "l.csv", [[f"E0108800{n}", f"W{n}"] for n in (1, 2, 3)]))
    for command in ("wards", "priority"):
        found = json.loads(tasking(command, "--top", "1", "--json"))
        assert (len(found["entries"]), found["more"]) == (2, [{"rank": 1, "count": 1}])
        assert "1 more shares rank 1." in tasking(command, "--top", "1")


def test_explain_says_where_the_options_of_rank_put_a_person(tasking: Any, tmp_path: Path) -> None:
    tasking("import", _reports(tmp_path / "r.csv", ["105/01", "105/01", "008/06"], 2))
    assert "v100: no rank: 1 report, 2 are needed (--min-crimes)." in tasking("explain", "N1", *AS_OF)
    assert "v100: rank 2 of 2 (at least 1 report), not within --top." in tasking(
        "explain", "N1", *AS_OF, "--min-crimes", "1", "--top", "1"
    )
    assert "No one with the status remanded" in tasking("rank", *AS_OF, "--status", "remanded", code=exits.REFUSED)
    refused = tasking("explain", "N1", *AS_OF, "--status", "remanded", code=exits.REFUSED)
    assert "No one has the status 'remanded'. There are: at large." in refused
    found = json.loads(tasking("explain", "N0", *AS_OF, "--compare", "v100,css", "--json"))
    assert (found["ranking"]["rank"], [one["method"] for one in found["compared"]]) == (1, ["v100", "css"])


def test_a_store_of_historic_reports_alone_says_so(tasking: Any, tmp_path: Path) -> None:
    here = {"ward_code": "D-5", "borough": "Fenland", "committed_from": "2020-01-05"}
    tasking("import", _reports(tmp_path / "a.csv", ["105/01"] * 3, 1, **here))
    for command in ("wards", "priority", "officers"):
        said = tasking(command, "--source", "reports", code=exits.REFUSED)
        assert "3 crime reports of this store are historic, made more than a year after the offence" in said
        assert "no other report names a ward" in said
        assert "Crime reports name wards" not in tasking(command, code=exits.REFUSED)


def test_crime_reports_rank_wards_only_where_they_are_asked_for(tasking: Any, tmp_path: Path) -> None:
    here = {"ward_code": "D-5", "borough": "Fenland"}
    tasking("import", _reports(tmp_path / "a.csv", ["105/01", "008/01", "105/01"], 1, **here, victim_ref="V1"))
    for command in ("wards", "priority", "officers"):
        assert "Crime reports name wards: --source reports ranks by them" in tasking(command, code=exits.REFUSED)
    found = json.loads(tasking("wards", "--source", "reports", "--json"))
    days = {one["category"]: one["days_each"] for one in _ward(tasking)["categories"]}
    [ward] = found["entries"]
    assert (found["source"], ward["ward_code"], ward["borough"], ward["count"]) == ("reports", "D-5", "Fenland", 3)
    assert ward["harm"] == 2 * days["105/01 Offence 105/01"] + days["008/01 Offence 008/01"]
    assert ward["repeat_victims"] == 1
    for command, words in (("priority", ()), ("officers", ("--total", "2"))):
        made = json.loads(tasking(command, *words, "--source", "reports", "--json"))
        assert (made["source"], [one["harm"] for one in made["entries"]]) == ("reports", [ward["harm"]])
    header = ("lsoa_code", "ward_code", "ward", "borough")
    lookup = write_lookup(tmp_path / "l.csv", [["E01088001", "D-5", "Mere", "Fenland"]], header)
    tasking("import", lookup, _street(tmp_path / "s.csv", ["E01088001"] * 4))
    published = json.loads(tasking("wards", "--json"))
    assert (published["source"], [one["count"] for one in published["entries"]]) == ("published", [4])
    again = json.loads(tasking("wards", "--source", "reports", "--json"))
    assert [(one["ward"], one["count"], one["harm"]) for one in again["entries"]] == [("Mere", 3, ward["harm"])]
    assert "reports" in tasking("wards", "--source", "reports", "--release", "x", code=exits.USAGE)


def _ward(tasking: Any) -> Any:
    return json.loads(tasking("ward", "D-5", "--source", "reports", "--json"))


def test_reports_without_a_ward_are_told_beside_the_ranking(tasking: Any, tmp_path: Path) -> None:
    tasking("import", _reports(tmp_path / "a.csv", ["008/01"] * 3, 1, ward_code="D-5", borough="Fenland"))
    rows = (tmp_path / "a.csv").read_text(encoding="utf-8").replace("D-5", "").replace("T", "U")
    (tmp_path / "b.csv").write_text(rows, encoding="utf-8")
    tasking("import", tmp_path / "b.csv")
    assert "3 of 6 reports (50.0%) have no ward" in tasking("wards", "--source", "reports")


def test_what_a_change_is_against_is_over_the_same_bcus(tasking: Any, tmp_path: Path) -> None:
    path = tmp_path / "returns.csv"
    counts = {"CN": (9, 7), "SW": (None, 14)}
    lines = [
        f"{day},{bcu},arrests,{count}\n"
        for bcu, (now, before) in counts.items()
        for day, count in (("20/11/2026", now), ("19/11/2026", before))
        if count is not None
    ]
    path.write_text("day,bcu,measure,count\n" + "".join(lines), encoding="utf-8")
    tasking("import", path)
    arrests = next(one for one in tasking("activity", "--as-of", "2026-11-21").splitlines() if "arrests" in one)
    assert arrests.split("missing)")[1].split()[:2] == ["7", "+2"]
    found = json.loads(tasking("activity", "--as-of", "2026-11-21", "--json"))
    both = next(one["compared"] for one in found["measures"] if one["measure"] == "arrests")
    assert (both["before"], both["change"]) == (7, 2)


def test_historic_reports_are_in_no_ward_and_each_category_leads_to_its_lines(tasking: Any, tmp_path: Path) -> None:
    """DOMAIN.md section 1: in the total of an area they are a series of their own."""
    here = {"ward_code": "D-5", "borough": "Fenland"}
    tasking("import", _reports(tmp_path / "a.csv", ["105/01", "008/01", "105/01"], 1, **here))
    before = json.loads(tasking("wards", "--source", "reports", "--json"))
    old = _reports(tmp_path / "b.csv", ["105/01", "008/01"], 1, **here, committed_from="2023-05-03", victim_ref="")
    old.write_text(old.read_text(encoding="utf-8").replace("T", "U"), encoding="utf-8")
    tasking("import", old)
    found = json.loads(tasking("wards", "--source", "reports", "--json"))
    assert (found["entries"], before["not_counted"]) == (before["entries"], [])
    [told] = found["not_counted"]
    assert (told["kind"], told["count"], told["of"], told["days"] > 0) == ("historic", 2, 5, True)
    assert "2 of 5 reports are historic" in tasking("wards", "--source", "reports")
    assert {one["category"]: one["lines"] for one in _ward(tasking)["categories"]} == {
        "105/01 Offence 105/01": [2, 4], "008/01 Offence 008/01": [3],
    }  # fmt: skip


def test_reports_that_repeat_others_are_told_wherever_reports_are_counted(tasking: Any, tmp_path: Path) -> None:
    alike = {"victim_ref": "V1", "ward_code": "D-5", "borough": "Fenland"}
    tasking("import", _reports(tmp_path / "a.csv", ["105/01"] * 3, 1, **alike))
    said = "2 of 3 new rows repeat reports of this file under another reference"
    ranked = json.loads(tasking("rank", *AS_OF, "--json"))
    assert [told.split(" (same")[0] for told in ranked["repeats"]] == [f"Batch 1 (a.csv): {said}"]
    assert f"Batch 1 (a.csv): {said}" in tasking("rank", *AS_OF)
    for command, words in (("wards", ()), ("priority", ()), ("officers", ("--total", "2"))):
        assert f"Batch 1: {said}." in tasking(command, *words, "--source", "reports")
    assert json.loads(tasking("wards", "--source", "reports", "--json"))["notes"][-1] == f"batch 1: {said}"
