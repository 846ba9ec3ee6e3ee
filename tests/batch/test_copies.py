"""What a resume copies from a posting gains nothing, wherever the two are scored; what is kept of them is no text."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest

from matcher import Matcher
from matcher.batch import Batch, Progress, run_batch
from matcher.integrity import borrowed
from matcher.integrity.traces import Postings, posting_trace, resume_trace
from matcher.store import ProfileStore

from .conftest import DAY

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
_POSTINGS = sorted((SAMPLES / "postings").iterdir())
_RESUMES = sorted((SAMPLES / "resumes").iterdir())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, matcher: Matcher) -> Path:
    """The samples' resumes, and one of them with each posting pasted whole, in part, and as a list of its keywords."""
    folder = tmp_path_factory.mktemp("copies")
    for path in _RESUMES:
        (folder / path.name).write_bytes(path.read_bytes())
    own = matcher.read(next(path for path in _RESUMES if path.suffix == ".txt"), "resume").text
    for path in _POSTINGS:
        profile = matcher.profile(path, "posting")
        text = profile.document.text
        names = ", ".join(dict.fromkeys(evidence.text for skill in profile.skills for evidence in skill.evidence))
        (folder / f"whole {path.stem}.txt").write_text(f"{own}\n\n{text}\n", encoding="utf-8")
        half = text[len(text) // 2 :]
        (folder / f"half {path.stem}.txt").write_text(f"{own}\n\nSummary\n\n{half}\n", encoding="utf-8")
        (folder / f"list {path.stem}.txt").write_text(f"{own}\n\nKeywords\n\n{names}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def wanted(folder: Path, matcher: Matcher) -> dict[tuple[str, str], float | None]:
    """The score of every pair, as the matcher has it for two documents."""
    resumes = [matcher.profile(path, "resume") for path in sorted(folder.iterdir())]
    return {
        (Path(resume.document.source).name, path.name): matcher.score(resume, posting).score
        for path in _POSTINGS
        for posting in [matcher.profile(path, "posting")]
        for resume in resumes
    }


def _scores(path: Path) -> dict[tuple[str, str], float | None]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            (Path(row["resume"]).name, Path(row["posting"]).name): float(row["score"]) if row["score"] else None
            for row in csv.DictReader(file)
        }


def test_a_batch_scores_what_the_matcher_scores(
    folder: Path, wanted: dict[tuple[str, str], float | None], tmp_path: Path, matcher: Matcher
) -> None:
    def batch(name: str, **more: object) -> dict[tuple[str, str], float | None]:
        postings = str(SAMPLES / "postings")
        run_batch(Batch(str(folder), postings, tmp_path / name, as_of=DAY, **more))  # type: ignore[arg-type]
        return _scores(tmp_path / name)

    store = tmp_path / "store"
    assert batch("first.csv", store=store) == wanted
    assert batch("from the store.csv", store=store, jobs=1) == wanted
    best = batch("best.csv", store=store, top=3)
    for path in _POSTINGS:
        of_posting = [score for (_, posting), score in wanted.items() if posting == path.name]
        ranked = sorted(of_posting, key=lambda score: (score is None, -(score or 0)))
        assert [score for (_, posting), score in best.items() if posting == path.name] == ranked[:3]
    # The copies are what this is about: without telling them, the scores would be others.
    profiles = {path.name: matcher.profile(path, "resume") for path in folder.iterdir()}
    told = 0
    for path in _POSTINGS:
        posting = matcher.profile(path, "posting")
        for name, profile in profiles.items():
            told += matcher.scorer.score(profile, posting).score != wanted[name, path.name]
    assert told >= 2 * len(_POSTINGS)


def test_ranking_in_memory_scores_what_the_matcher_scores(
    folder: Path, wanted: dict[tuple[str, str], float | None], matcher: Matcher
) -> None:
    for top in (None, 2):
        for path in _POSTINGS[:2]:
            found = list(matcher.rank(sorted(folder.iterdir()), [path], top=top))
            of_posting = [score for (_, posting), score in wanted.items() if posting == path.name]
            ranked = sorted(of_posting, key=lambda score: (score is None, -(score or 0)))
            assert [result.score for result in found] == ranked[:top]
            assert all(wanted[Path(item.resume.document.source).name, path.name] == item.score for item in found)


def test_a_trace_never_misses_a_copy(matcher: Matcher) -> None:
    chance = random.Random(3)
    postings = [matcher.read(path, "posting").text for path in _POSTINGS]
    traces = Postings([posting_trace(text) for text in postings])
    copies = 0
    for path in _RESUMES:
        own = matcher.read(path, "resume").text
        for number in range(30):
            words = postings[number % len(postings)].split(" ")
            start, length = chance.randrange(len(words)), chance.randint(8, 60)
            text = f"{own}\n\n{' '.join(words[start : start + length])}\n"
            document = matcher.profile_text(text, "resume").document
            suspected = traces.copied_by(resume_trace(document))
            for place, posting in enumerate(postings):
                copied = bool(borrowed(document, posting))
                assert not copied or place in suspected
                copies += copied
        # Nobody is suspected for nothing: reading again takes its time.
        assert traces.copied_by(resume_trace(matcher.read(path, "resume"))) == []
    assert copies > 50


def test_no_word_is_kept_that_a_report_does_not_quote(tmp_path: Path) -> None:
    secret = "our grandmother taught all seven of us to whistle across the valley before breakfast on holidays"
    text = f"Ida Example\nida@example.org\n\nAbout me\n\n{secret}\n\nSkills\n\nPython, SQL\n"
    (tmp_path / "r.txt").write_text(text, encoding="utf-8")
    (tmp_path / "p.txt").write_text("ML Engineer\n\nRequirements\n\n- Python\n", encoding="utf-8")
    run_batch(Batch(str(tmp_path / "r.txt"), str(tmp_path / "p.txt"), tmp_path / "o.csv", store=tmp_path / "s"))
    with ProfileStore(tmp_path / "s", create=False) as store:
        kept = [(store.features(number), store.get(number)) for number in (1, 2)]
    everything = json.dumps([features for features, _ in kept]) + str([profile for _, profile in kept])
    assert "python" in everything.lower()
    assert not any(word in everything for word in ("grandmother", "whistle", "Ida", "ida@"))


def test_a_copy_that_changes_while_the_batch_runs_is_a_failure(folder: Path, tmp_path: Path) -> None:
    name = f"whole {_POSTINGS[0].stem}.txt"
    (tmp_path / name).write_bytes((folder / name).read_bytes())

    def change(progress: Progress) -> None:
        if progress.stage == "scoring":
            (tmp_path / name).write_text("Skills\n\nPython\n", encoding="utf-8")

    summary = run_batch(Batch(str(tmp_path / name), str(_POSTINGS[0]), tmp_path / "o.csv", as_of=DAY), change)
    assert (summary.rows, summary.failed) == (0, 1)
    assert ",scoring,changed," in (tmp_path / "o.failures.csv").read_text(encoding="utf-8-sig")
