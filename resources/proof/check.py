"""Recounts every figure of a proof pack from its lists, and says whether it conforms.

    python check.py [--language fr|ar|en] [pack.zip or folder]

Needs Python 3.8 or later and nothing else: no other module, no network, nothing is written.
It shares no line with the program that made the pack. It ends with 0 when the pack conforms,
with 1 when it does not, with 2 when the command cannot be read.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from xml.etree import ElementTree

TOTAL = "total"
NOT_STATED = "not_stated"
CHILDREN = ("boys", "girls")
NAMED_FILES = ("workbook.xlsx", "definitions.html", "figures.json", "check.py")
PERSON_FILES = ("ages", "cohort", "running_totals", "vulnerabilities")
AGES, DELAYS = "_ages", "_by_days_from_registration"

SENTENCES = {
    "fr": {
        "head": "Dossier de preuve {period} · registre {register}",
        "demo": "Démonstration : toutes les personnes sont inventées.",
        "closing": "Empreinte de la clôture : {fingerprint}",
        "own": "Empreinte de ce dossier (SHA-256 de fingerprints.json) : {fingerprint}",
        "conform": "CONFORME : {cells} chiffres recomptés à partir de {lines} lignes.",
        "withheld": "Personnes sans consentement aux statistiques, absentes des listes et ajoutées"
        " par leur nombre : {persons}.",
        "not_recounted": "Âges moyens que plus personne ne peut recompter, {persons} personne(s)"
        " ayant été anonymisée(s) depuis : {means}.",
        "not_conform": "NON CONFORME : {faults} différence(s).",
        "cell": "{cell} : publié {published}, recompté {counted}",
        "sheet": "{cell} : publié {published}, dans le classeur {counted}",
        "altered": "{name} : le fichier a été modifié.",
        "missing": "{name} : le fichier manque.",
        "unknown": "{name} : le fichier n’est pas de ce dossier.",
        "two_values": "{name} : {person} a plusieurs valeurs dans la colonne {column}.",
        "other_period": "{name} : {month} n’est pas de la période.",
        "not_registered": "{name} : {person} n’est pas parmi les enregistrements.",
        "unreadable": "Ce dossier ne peut pas être lu : {why} ({cause}).",
        "not_there": "rien ne porte ce nom à cet endroit",
        "no_access": "le système n’en permet pas la lecture",
        "no_zip": "un fichier qui devrait être un zip n’en est pas un, ou il est abîmé",
        "bad_shape": "le contenu d’un de ses fichiers n’est pas celui d’un dossier de preuve",
        "usage": "Usage : python check.py [--language fr|ar|en] [dossier.zip ou dossier]",
    },
    "ar": {
        "head": "ملف الإثبات {period} · السجل {register}",
        "demo": "سجل تجريبي: كل الأشخاص من نسج الخيال.",
        "closing": "بصمة الإقفال: {fingerprint}",
        "own": "بصمة هذا الملف (SHA-256 لـ fingerprints.json): {fingerprint}",
        "conform": "مطابق: أعيد حساب {cells} من الأرقام انطلاقا من {lines} من الأسطر.",
        "withheld": "الأشخاص الذين لا تشمل موافقتهم الإحصاءات، الغائبون عن القوائم والمضافون"
        " بعددهم: {persons}.",
        "not_recounted": "متوسطات أعمار لم يعد ممكنا إعادة حسابها منذ إخفاء هوية أشخاص"
        " عددهم {persons}: {means}.",
        "not_conform": "غير مطابق: عدد الاختلافات {faults}.",
        "cell": "{cell}: المنشور {published}، المعاد حسابه {counted}",
        "sheet": "{cell}: المنشور {published}، في المصنف {counted}",
        "altered": "{name}: عُدِّل هذا الملف.",
        "missing": "{name}: هذا الملف مفقود.",
        "unknown": "{name}: هذا الملف ليس من ملف الإثبات.",
        "two_values": "{name}: لدى {person} عدة قيم في العمود {column}.",
        "other_period": "{name}: {month} خارج الفترة.",
        "not_registered": "{name}: {person} ليس ضمن التسجيلات.",
        "unreadable": "تعذرت قراءة هذا الملف: {why} ({cause}).",
        "not_there": "لا شيء بهذا الاسم في هذا المكان",
        "no_access": "لا يسمح النظام بقراءته",
        "no_zip": "أحد الملفات ليس من نوع zip كما يجب أن يكون، أو هو تالف",
        "bad_shape": "محتوى أحد ملفاته ليس محتوى ملف إثبات",
        "usage": "الاستعمال: python check.py [--language fr|ar|en] [الملف أو المجلد]",
    },
    "en": {
        "head": "Proof pack {period} · register {register}",
        "demo": "Demonstration: every person is invented.",
        "closing": "Fingerprint of the closing: {fingerprint}",
        "own": "Fingerprint of this pack (SHA-256 of fingerprints.json): {fingerprint}",
        "conform": "CONFORM: {cells} figures recounted from {lines} lines.",
        "withheld": "Persons without consent to statistics, absent from the lists and added by"
        " their number: {persons}.",
        "not_recounted": "Mean ages that nobody can recount since {persons} person(s) were"
        " anonymised: {means}.",
        "not_conform": "NOT CONFORM: {faults} difference(s).",
        "cell": "{cell}: published {published}, recounted {counted}",
        "sheet": "{cell}: published {published}, in the workbook {counted}",
        "altered": "{name}: the file was altered.",
        "missing": "{name}: the file is missing.",
        "unknown": "{name}: the file is not of this pack.",
        "two_values": "{name}: {person} has several values in the column {column}.",
        "other_period": "{name}: {month} is not of the period.",
        "not_registered": "{name}: {person} is not among the registrations.",
        "unreadable": "This pack cannot be read: {why} ({cause}).",
        "not_there": "nothing bears this name at this place",
        "no_access": "the system does not allow it to be read",
        "no_zip": "a file that should be a zip is none, or is damaged",
        "bad_shape": "the content of one of its files is not that of a proof pack",
        "usage": "Usage: python check.py [--language fr|ar|en] [pack.zip or folder]",
    },
}


def read_pack(path):
    """The files of a pack by name, of a zip or of the folder it was unpacked in."""
    path = Path(path)
    if path.is_dir():
        return read_folder(path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_folder(folder):
    """The files that its fingerprints name, and every list: others may lie beside them."""
    sealed = folder / "fingerprints.json"
    if not sealed.is_file():
        return {}
    members = {sealed.name: sealed.read_bytes()}
    names = set(json.loads(members[sealed.name].decode("utf-8"))["members"])
    lists = folder / "lines"
    if lists.is_dir():
        names |= {"lines/" + file.name for file in lists.glob("*.csv")}
    for name in sorted(names):
        if (folder / name).is_file():
            members[name] = (folder / name).read_bytes()
    return members


def verify(members):
    """What is wrong: (code of a sentence, its values) of every fault, and what was recounted."""
    faults = list(check_fingerprints(members))
    missing = [values["name"] for code, values in faults if code == "missing"]
    if missing:
        return faults, {}
    figures = json.loads(members["figures.json"].decode("utf-8"))
    count = Count(members, figures)
    count.run()
    faults += count.faults
    published = {tuple(cell[:4]): cell[4] for cell in figures["cells"]}
    expected = derive(figures, add_withheld(count.sizes(), figures), count.ages)
    left = lost_with_ages(figures, published, expected)
    kept = {cell: value for cell, value in published.items() if cell not in left}
    counted = {cell: value for cell, value in expected.items() if cell not in left}
    faults += differences("cell", kept, counted)
    faults += differences("sheet", published, workbook_cells(members["workbook.xlsx"]))
    means = ", ".join(" / ".join(cell[:2]) for cell in sorted(left, key=str) if cell in published)
    persons = figures.get("anonymised_persons", 0)
    done = {"cells": len(kept), "lines": count.lines, "means": means, "persons": persons}
    return faults, done


def check_fingerprints(members):
    """Every file is what its fingerprint says, and every file needed is there."""
    if "fingerprints.json" not in members:
        yield "missing", {"name": "fingerprints.json"}
        return
    known = json.loads(members["fingerprints.json"].decode("utf-8"))["members"]
    for name in sorted(known):
        if name not in members:
            yield "missing", {"name": name}
        elif hashlib.sha256(members[name]).hexdigest() != known[name]:
            yield "altered", {"name": name}
    for name in sorted(set(members) - set(known) - {"fingerprints.json"}):
        yield "unknown", {"name": name}
    for name in (*NAMED_FILES, *(f"lines/{part}.csv" for part in PERSON_FILES)):
        if name not in known:
            yield "missing", {"name": name}


class Count:
    """The recount: distinct persons, events and cases behind each figure, from the lists alone."""

    def __init__(self, members, figures):
        self._members = members
        self._figures = figures
        self._behind = defaultdict(set)  # cell -> who or what it counts
        self._groups = {}  # section -> person -> group
        self.ages = defaultdict(list)  # section, suffix -> ages
        self.faults = []
        self.lines = 0

    def run(self):
        """Read every list."""
        for section in self._figures["sections"]:
            self._section(section)
        self._ages()
        self._vulnerabilities()
        self._cohort()
        self._changing_group()
        for line in self._read("running_totals"):
            self._add(("running_totals", "counted", line["total"]), line["person"])

    def sizes(self):
        """How many are behind each cell."""
        return {cell: len(found) for cell, found in self._behind.items()}

    def _read(self, name):
        text = self._members[f"lines/{name}.csv"].decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text, newline="")))
        self.lines += len(lines)
        return lines

    def _add(self, cell, unit, group=None):
        self._behind[(*cell, TOTAL)].add(unit)
        if group is not None:
            self._behind[(*cell, group)].add(unit)

    def _section(self, section):
        key = section["key"]
        lines = self._read(key)
        self._check_lines(section, lines)
        self._groups[key] = {line["person"]: line["group"] for line in lines}
        for population in section["populations"]:
            for line in lines:
                if takes(population, line):
                    self._line(section, population, line)

    def _check_lines(self, section, lines):
        """A person has one group, one age band and one delay in a section (one of each)."""
        key = section["key"]
        name = f"lines/{key}.csv"
        known = {}
        columns = ["group", "age_band"] + ["days_from_registration"] * section["has_delay"]
        for line in lines:
            for column in columns:
                place = (line["person"], column)
                if known.setdefault(place, line[column]) != line[column]:
                    values = {"name": name, "person": line["person"], "column": column}
                    self.faults.append(("two_values", values))
            if line["month"] not in self._figures["months"]:
                self.faults.append(("other_period", {"name": name, "month": line["month"]}))

    def _line(self, section, population, line):
        key, suffix = section["key"], population["suffix"]
        person, group = line["person"], line["group"]
        self._add((key, "persons" + suffix, None), person, group)
        self._add((key, "services" + suffix, None), line["event"])
        if line["case"]:
            self._add((key, "cases" + suffix, None), line["case"])
            if line["family"] == "1":
                self._add((key, "families" + suffix, None), line["case"])
        self._add((key, f"persons{suffix}_by_month", line["month"]), person, group)
        self._add((key, f"persons{suffix}_by_age_band", line["age_band"]), person, group)
        for each in section["lists"]:
            if each["key"] in population["lists"]:
                self._by_list(key, suffix, each, line)
        if section["has_delay"] and line["days_from_registration"]:
            self._add((key, DELAYS + suffix, line["days_from_registration"]), person)

    def _by_list(self, key, suffix, each, line):
        name, stated = each["key"], line[each["key"]]
        for term in stated.split("|") if stated else [NOT_STATED]:
            cell = (key, f"persons{suffix}_by_{name}", term)
            self._add(cell, line["person"], line["group"])
            if each["services"]:
                cell = (key, f"services{suffix}_by_{name}", term)
                self._add(cell, line["event"])

    def _ages(self):
        seen = set()
        for line in self._read("ages"):
            for measure in line["counted_in"].split("|"):
                place = (line["section"], measure, line["person"])
                if place not in seen:
                    seen.add(place)
                    suffix = measure[len("persons") :]
                    self.ages[line["section"], suffix].append(int(line["age"]))

    def _vulnerabilities(self):
        unaccompanied = self._figures["unaccompanied"]
        for line in self._read("vulnerabilities"):
            section, person, group = line["section"], line["person"], line["group"]
            for measure in line["counted_in"].split("|"):
                cell = (section, measure + "_by_vulnerability", line["vulnerability"])
                self._add(cell, person, group)
                is_child = measure == "persons" and group in CHILDREN
                if is_child and line["vulnerability"] in unaccompanied:
                    cell = (section, "unaccompanied_or_separated_children", None)
                    self._add(cell, person, group)

    def _cohort(self):
        """Persons registered in the period who left, by their group as registered."""
        registered = self._groups[self._figures["cohort_from"]]
        for line in self._read("cohort"):
            person = line["person"]
            if person in registered:
                cell = ("cohort", "persons_departed", None)
                self._add(cell, person, registered[person])
            else:
                values = {"name": "lines/cohort.csv", "person": person}
                self.faults.append(("not_registered", values))

    def _changing_group(self):
        groups = defaultdict(set)
        for by_person in self._groups.values():
            for person, group in by_person.items():
                groups[person].add(group)
        for person, found in groups.items():
            if len(found) > 1:
                self._add(("across", "persons_changing_group", None), person)


def takes(population, line):
    """Whether a population of a section counts a line: by a list's terms, or by all."""
    if population["column"] is None:
        return True
    return (line[population["column"]] in population["terms"]) != population["negated"]


def add_withheld(sizes, figures):
    """The recount with those added who are only numbers in the pack."""
    whole = defaultdict(int, sizes)
    for section, measure, term, group, number in figures["withheld"]:
        whole[section, measure, term, group] += number
    return whole


def derive(figures, whole, ages):
    """Every figure: the counts, and the means, medians and totals that derive from them."""
    expected = {cell: n for cell, n in whole.items() if not cell[1].startswith("_")}
    for section in figures["sections"]:
        for population in section["populations"]:
            of_section = derived_of(figures, whole, section, population["suffix"], ages)
            for measure, value in of_section.items():
                if value is not None:
                    expected[section["key"], measure, None, TOTAL] = value
    totals = {cell[2]: n for cell, n in whole.items() if cell[:2] == ("running_totals", "counted")}
    for code in set(totals) | set(figures["openings"]):
        opening = figures["openings"].get(code, 0)
        expected["running_totals", "opening", code, TOTAL] = opening
        expected["running_totals", "total", code, TOTAL] = opening + totals.get(code, 0)
    return expected


def lost_with_ages(figures, published, expected):
    """The means, and the numbers they leave out, that lack the ages of who was anonymised.

    Only as many ages may lack as persons were anonymised, and the published mean must be one that
    the ages left, with so many more between birth and 120 years, can give: else it is compared.
    """
    lost = set()
    for section, suffix, persons in figures.get("not_recountable", []):
        mean_age = (section, "mean_age" + suffix, None, TOTAL)
        left_out = (section, "mean_age_left_out" + suffix, None, TOTAL)
        counted = published.get((section, "persons" + suffix, None, TOTAL), 0)
        then = counted - published.get(left_out, 0)
        now = counted - expected.get(left_out, 0)
        said = published.get(mean_age, 0) * then
        known = expected.get(mean_age, 0) * now
        rounding = (then + now) * 0.05 + 1e-6
        missing = then - now
        fits = known - rounding <= said <= known + 120 * missing + rounding
        if 0 < missing <= persons <= figures["anonymised_persons"] and fits:
            lost |= {mean_age, left_out}
    return lost


def derived_of(figures, whole, section, suffix, ages):
    """Mean age, median delay and numbers of countries of one population of a section."""
    key = section["key"]
    persons = whole.get((key, "persons" + suffix, None, TOTAL), 0)
    known = ages.get((key, suffix), [])
    kept = figures["withheld_ages"].get(f"{key}|persons{suffix}", {"number": 0, "sum": 0})
    number, years = len(known) + kept["number"], sum(known) + kept["sum"]
    values = {
        "mean_age" + suffix: mean(years, number),
        "mean_age_left_out" + suffix: persons - number,
    }
    if section["has_delay"]:
        delays = terms_of(whole, key, DELAYS + suffix)
        days = sorted(int(term) for term, n in delays.items() for _ in range(n))
        values["median_days_from_registration" + suffix] = median(days)
        values["median_days_from_registration_left_out" + suffix] = persons - len(days)
    for each in section["numbers"]:
        if each["suffix"] == suffix:
            terms = terms_of(whole, key, each["of"])
            values[each["measure"]] = sum(1 for t, n in terms.items() if n and t != NOT_STATED)
    return values


def terms_of(whole, section, measure):
    """The totals of a measure by term."""
    return {
        cell[2]: n
        for cell, n in whole.items()
        if cell[0] == section and cell[1] == measure and cell[3] == TOTAL
    }


def mean(total, number):
    """With one decimal, halves away from zero; None of nothing."""
    if not number:
        return None
    return float((Decimal(total) / number).quantize(Decimal("0.1"), ROUND_HALF_UP))


def median(values):
    """Of sorted whole numbers, halves rounded up; None of nothing."""
    if not values:
        return None
    low, high = values[(len(values) - 1) // 2], values[len(values) // 2]
    return (low + high + 1) // 2


def differences(code, published, other):
    """The cells that are not the same on both sides."""
    for cell in sorted(set(published) | set(other), key=str):
        if published.get(cell, 0) != other.get(cell, 0):
            name = " / ".join(str(part) for part in cell if part is not None)
            values = {"published": published.get(cell, 0), "counted": other.get(cell, 0)}
            yield code, {"cell": name, **values}


_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def workbook_cells(data):
    """The cells of the workbook's hidden sheet: section, measure, term, group, value."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            tree = part_of(book, "xl/sharedStrings.xml")
            shared = ["".join(item.itertext()) for item in tree.iter(_SHEET + "si")]
        sheet = part_of(book, hidden_sheet(book))
    cells = {}
    for row in list(sheet.iter(_SHEET + "row"))[1:]:
        line = dict(cell_of(cell, shared) for cell in row.iter(_SHEET + "c"))
        names = tuple(line.get(column) or None for column in "ABCD")
        value = float(line["E"])
        cells[names] = int(value) if value.is_integer() else value
    return cells


def part_of(book, name):
    """A part of the workbook; its fingerprint was checked before."""
    return ElementTree.fromstring(book.read(name))  # noqa: S314 (nothing but this library)


def hidden_sheet(book):
    """The name, within the workbook, of the sheet that other programs read."""
    tree = part_of(book, "xl/workbook.xml")
    hidden = [s for s in tree.iter(_SHEET + "sheet") if s.get("state") == "hidden"][-1]
    links = part_of(book, "xl/_rels/workbook.xml.rels")
    target = {link.get("Id"): link.get("Target") for link in links}[hidden.get(_RELATION)]
    return target.lstrip("/") if target.startswith("/") else "xl/" + target


def cell_of(cell, shared):
    """The column and the text of a cell of a sheet."""
    column = re.match("[A-Z]+", cell.get("r")).group()
    if cell.get("t") == "inlineStr":
        return column, "".join(cell.itertext())
    value = cell.findtext(_SHEET + "v") or ""
    return column, shared[int(value)] if cell.get("t") == "s" else value


def grouped(fingerprint):
    """As the program shows a fingerprint, to be compared with the eyes; then as one word."""
    fours = re.findall("....", fingerprint.upper())
    lines = [" ".join(fours[at : at + 4]) for at in range(0, len(fours), 4)]
    return " · ".join(lines) + "\n  " + fingerprint


BROKEN = (KeyError, IndexError, TypeError, ValueError, AttributeError, RuntimeError, OSError)
BROKEN += (ElementTree.ParseError, zipfile.BadZipFile, csv.Error)


def unreadable(error, say):
    """Why a pack cannot be read; what Python says of it follows for a technician."""
    if isinstance(error, FileNotFoundError):
        why = "not_there"
    elif isinstance(error, OSError):
        why = "no_access"
    elif isinstance(error, (zipfile.BadZipFile, RuntimeError)):
        why = "no_zip"
    else:
        why = "bad_shape"
    return say["unreadable"].format(why=say[why], cause=error)


def report(members, language):
    """The verdict in words, and the exit code."""
    say = SENTENCES[language]
    try:
        faults, done = verify(members)
        if "fingerprints.json" not in members:
            return [say[code].format(**values) for code, values in faults], 1
        known = json.loads(members["fingerprints.json"].decode("utf-8"))
    except BROKEN as error:
        return [unreadable(error, say)], 1
    own = hashlib.sha256(members["fingerprints.json"]).hexdigest()
    lines = [say["head"].format(period=known["period"], register=known["register"])]
    if known["is_demo"]:
        lines.append(say["demo"])
    lines.append(say["closing"].format(fingerprint=grouped(known["closing"])))
    lines.append(say["own"].format(fingerprint=grouped(own)))
    if faults:
        lines.append(say["not_conform"].format(faults=len(faults)))
        return lines + [say[code].format(**values) for code, values in faults], 1
    if known["withheld_persons"]:
        lines.append(say["withheld"].format(persons=known["withheld_persons"]))
    if done["means"]:
        lines.append(say["not_recounted"].format(**done))
    return [*lines, say["conform"].format(**done)], 0


def main(words):
    """Run on the pack named, or on the folder this file lies in."""
    language, paths = "fr", []
    rest = iter(words)
    for word in rest:
        if word == "--language":
            language = next(rest, "")
        elif word.startswith("--language="):
            language = word.partition("=")[2]
        else:
            paths.append(word)
    say = SENTENCES.get(language, SENTENCES["fr"])
    if language not in SENTENCES or len(paths) > 1 or any(p.startswith("-") for p in paths):
        return [say["usage"]], 2
    try:
        members = read_pack(paths[0] if paths else Path(__file__).resolve().parent)
    except BROKEN as error:
        return [unreadable(error, say)], 1
    return report(members, language)


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    said, code = main(sys.argv[1:])
    sys.stdout.write("\n".join(said) + "\n")
    sys.exit(code)
