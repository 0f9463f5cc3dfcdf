"""What was read from extracts: batches, quarantine, crime reports, people, ward counts."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text


class Batch(SQLModel, table=True):
    """One file, read once. ``withdrawn`` tells that its rows were taken back by an undo.

    ``repeated`` are rows that say the same as another row of the file and count once with it.
    """

    __tablename__ = "batch"

    id: int | None = Field(default=None, primary_key=True)
    file: str
    sha256: str = Field(index=True)
    profile: str
    imported_at: str
    imported_by: str
    rows_read: int
    taken: int
    unchanged: int
    revised: int
    quarantined: int
    withdrawn: bool = False
    repeated: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class BatchNote(SQLModel, table=True):
    """A sentence on how a file was read that whoever uses its rows must know, such as dates read day first."""

    __tablename__ = "batch_note"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    note: str


class Quarantined(SQLModel, table=True):
    """A row that was not taken: where it stands, which value is wrong, and why."""

    __tablename__ = "quarantined"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    line: int
    column: str
    value: str
    reason: str
    raw: str


class Offence(SQLModel, table=True):
    """An offence as extracts write it, with what it weighs in the edition named and the pools it can be in."""

    __tablename__ = "offence"
    __table_args__ = (UniqueConstraint("ho_code", "title", "severity", "knife", name="offence_key"),)

    id: int | None = Field(default=None, primary_key=True)
    ho_code: str
    title: str
    severity: str
    knife: int = 0
    edition: str
    days: float | None
    confidence: str
    note: str
    pools: int = 0


class Place(SQLModel, table=True):
    """A ward code and a borough as extracts write them."""

    __tablename__ = "place"
    __table_args__ = (UniqueConstraint("ward_code", "borough"),)

    id: int | None = Field(default=None, primary_key=True)
    ward_code: str
    borough: str


class Circumstance(SQLModel, table=True):
    """What only a few words can fill in a row: flags, who found the crime, outcome, role, who named the suspect.

    ``outcome`` is as extracts write it; flags are 0 or 1, the other numbers those of ``core.reports``. ``allowed`` are
    the pools that it lets a row into.
    """

    __tablename__ = "circumstance"
    __table_args__ = (
        UniqueConstraint(
            "domestic_abuse", "vawg", "detected_by", "outcome", "role", "named_by", "allowed", name="circumstance_key"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    domestic_abuse: int
    vawg: int
    detected_by: int
    outcome: str
    role: int
    named_by: int
    allowed: int = 0


class ReportDetail(SQLModel, table=True):
    """What rows may tell of a crime besides (``core.particulars``); rows that tell the same share one.

    ``minute`` is that of the day, ``victim_age`` in years; both are -1 where the row does not say, words are empty.
    """

    __tablename__ = "report_detail"
    __table_args__ = (
        UniqueConstraint(
            "minute", "victim_age", "victim_sex", "injury", "weapon", "features", "linked_ref", "suspect_state",
            name="report_detail_key",
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    minute: int
    victim_age: int
    victim_sex: str
    injury: str
    weapon: str
    features: str
    linked_ref: str
    suspect_state: str


class Person(SQLModel, table=True):
    """Someone named in a crime report; who they are is in their latest version.

    ``victim`` is 1 where the same reference stands as the victim of a report.
    """

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(unique=True)
    version_id: int
    victim: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class PersonVersion(SQLModel, table=True):
    """A person as one batch described them; earlier ones are kept. ``home``: as ``core.localities.home_of`` has it."""

    __tablename__ = "person_version"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    batch_id: int = Field(foreign_key="batch.id")
    surname: str
    forenames: str
    born_on: int | None
    sex: str
    ethnicity: str
    status: str
    home_ward_code: str = Field(default="", sa_column_kwargs={"server_default": ""})
    owning_bcu: str = Field(default="", sa_column_kwargs={"server_default": ""})
    home: str = Field(default="", sa_column_kwargs={"server_default": ""})


class ReportRow(SQLModel, table=True):
    """One row of an extract: crime report, suspect, victim. Days of the calendar are day numbers.

    ``admitted`` and ``leading`` are pools as ``core.allegations`` gives them. ``replaced_by`` is the batch whose
    newer row took the place of this one; the row itself stays. ``detail_id`` is None where it tells no more than the
    columns that an extract always had. The numbers of offence, place, circumstance, detail and person are given out and
    written by the load that writes the row, so they are no foreign keys: checking them again for each of a million rows
    took 1.7 seconds.
    """

    __tablename__ = "report_row"
    __table_args__ = (
        Index("report_row_key", "crime_ref", "person_id"),
        Index(
            "report_row_score",
            "person_id",
            "reported_on",
            "leading",
            "days",
            "committed_from",
            "admitted",
            "victim_ref",
            "offence_id",
            sqlite_where=text("person_id IS NOT NULL"),
        ),
        Index("report_row_reported", "reported_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int
    line: int
    crime_ref: str
    offence_id: int
    place_id: int
    committed_from: int
    committed_to: int | None
    reported_on: int
    circumstance_id: int
    person_id: int | None
    person_version_id: int | None
    victim_ref: str
    days: float | None
    admitted: int
    leading: int
    replaced_by: int | None = None
    detail_id: int | None = None


class Release(SQLModel, table=True):
    """One published edition of ward counts; a later one never overwrites it. ``months`` is a JSON list."""

    __tablename__ = "release"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id")
    name: str = Field(unique=True)
    profile: str
    months: str


class WardSeries(SQLModel, table=True):
    """Offences of one category in one ward, month by month as the release has them (``counts`` is a JSON list)."""

    __tablename__ = "ward_series"

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    line: int
    ward_code: str
    ward: str
    borough: str
    category: str
    counts: str


class ReleaseCategory(SQLModel, table=True):
    """A minor category of a release and the major one that the file puts it under."""

    __tablename__ = "release_category"

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    major: str
    category: str


class ReleaseFacts(SQLModel, table=True):
    """What is true of a release as a whole, added up when it was imported.

    ``totals`` is a JSON list of everything counted by month, ``forces`` one of the forces it came from (empty for the
    Met's ward file), ``notes`` one of sentences on what a reader must know. The others are JSON lists by month, None
    where they are not known: how many of the totals are anti-social behaviour, are without a location and are outside
    the small areas, how many rows repeated a crime and were not counted, and how many further rows have a Crime ID that
    is counted already with another type or place.
    """

    __tablename__ = "release_facts"

    release_id: int = Field(foreign_key="release.id", primary_key=True)
    totals: str
    forces: str
    notes: str
    antisocial: str | None = None
    without_location: str | None = None
    outside: str | None = None
    repeats: str | None = None
    conflicts: str | None = None


class StreetCount(SQLModel, table=True):
    """Incidents of one type in one small census area, by month (``counts``), and the lines they stand on (both JSON).

    The ward is found when the counts are read, so that a lookup imported later holds for them too.
    """

    __tablename__ = "street_count"

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    lsoa_code: str
    lsoa_name: str
    category: str
    counts: str
    lines: str


class LsoaWard(SQLModel, table=True):
    """The ward of a small census area, as one lookup file has it; of several files of one map the latest holds."""

    __tablename__ = "lsoa_ward"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    line: int
    lsoa_code: str = Field(index=True)
    ward_code: str
    ward: str
    borough: str


class LookupMap(SQLModel, table=True):
    """The ward map that a lookup file is of: its name, the census of its areas and the year of its wards if known."""

    __tablename__ = "lookup_map"

    batch_id: int = Field(foreign_key="batch.id", primary_key=True)
    name: str
    areas: int | None = None
    wards: int | None = None


class Marker(SQLModel, table=True):
    """A dated fact about a person: custody, OGRS, MAPPA, an order, wanted. ``replaced_by`` as in report rows."""

    __tablename__ = "marker"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id")
    line: int
    person_ref: str = Field(index=True)
    kind: str
    value: str
    starts: int
    ends: int | None
    note: str
    replaced_by: int | None = None


class Census(SQLModel, table=True):
    """Residents of a ward in one ethnic group, as the census counted them."""

    __tablename__ = "census"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id", index=True)
    line: int
    ward_code: str
    borough: str
    ethnicity: str
    residents: int


class EditionFile(SQLModel, table=True):
    """An edition of a harm index that was imported. ``weights`` is JSON: rows as the file had them."""

    __tablename__ = "edition_file"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="batch.id")
    name: str
    harm_index: str
    dated: str
    citation: str
    weights: str
