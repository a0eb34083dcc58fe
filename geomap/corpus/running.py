"""A run over a corpus: cut the input, work through its pieces here or on a cluster, say when all is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap.config import Config, config_sha256, load_config
from geomap.corpus.extras import library
from geomap.corpus.files import Folder, input_files
from geomap.corpus.goal import check_whole, clear, finish, noted_plan, whole_pieces
from geomap.corpus.nouns import Cut, Existing, InputFile, Piece, Summary, Tally
from geomap.corpus.planning import NAME, Making, Plan, check_same, cut_file, read_plan
from geomap.corpus.stores import gazetteer_sha256
from geomap.corpus.working import work
from geomap.errors import ArticleError, GeomapError, UsageError
from geomap.version import __version__

if TYPE_CHECKING:
    from distributed import Client

ARTICLES_A_PIECE = 500


class Watch(NamedTuple):
    """What is told while a run goes on: messages, and how many articles are done of how many."""

    say: Callable[[str], None] = lambda _: None
    progress: Callable[[int, int], None] = lambda _done, _all: None


def run(
    source: str | Path | Sequence[str],
    goal: str | Path,
    *,
    client: Client | None = None,
    config: Config | None = None,
    existing: Existing = "refuse",
    articles_a_piece: int = ARTICLES_A_PIECE,
    watch: Watch | None = None,
) -> Summary:
    """Turn a corpus of articles into Parquet tables of reports, incidents and errors: one record for every article.

    Parameters
    ----------
    source
        A path, a glob, a folder or an address that fsspec knows, or several of them: JSON Lines (also compressed),
        Parquet or WARC.
    goal
        The folder to write to: a path or an address.
    client
        A client of the Dask cluster that does the work; without it this process does, to the same bytes.
    config
        Settings; without them those in force.
    existing
        What to do where the goal holds the output of a run: refuse, resume it, or overwrite it.
    articles_a_piece
        Articles in a partition of the output; also what is lost and done again when a worker dies.
    watch
        Who is told how it goes.

    Raises
    ------
    UsageError, ArticleError, OutputError, GazetteerError, NetworkError
        The input, the goal, the gazetteer or the cluster is not what it must be; nothing that was written is lost.
    """
    used, watching = config or load_config(), watch or Watch()
    making = _making(used, articles_a_piece)
    sources = [source] if isinstance(source, str | Path) else list(source)
    folder = Folder(str(goal))
    noted, files = noted_plan(folder, existing), input_files([str(one) for one in sources])
    team = _alone(used) if client is None else _cluster(client, used, making, watching)
    plan = _planned(noted, making, files, team, folder)
    return _work_through(plan, team, folder, watching)


def _making(config: Config, articles_a_piece: int) -> Making:
    if config.nominatim.enabled:
        raise UsageError("a geocoder is asked one name at a time", hint="switch it off: --offline")
    if articles_a_piece < 1:
        raise UsageError(f"a piece of {articles_a_piece} articles holds nothing", hint="give 1 or more")
    return Making(
        geomap=__version__,
        gazetteer=gazetteer_sha256(config.gazetteer),
        config_sha256=config_sha256(config),
        pyarrow=str(library("pyarrow").__version__),
        articles_a_piece=articles_a_piece,
    )


class Team(NamedTuple):
    """Those who work: how they cut files, and how they work through pieces, in whatever order they finish."""

    cut: Callable[[Sequence[InputFile], int], list[Cut]]
    work: Callable[[Sequence[Piece], Folder], Iterator[dict[str, Any]]]


def _alone(config: Config) -> Team:
    """Return the team of this process alone."""
    from geomap.pipeline import load_engine

    def cut(files: Sequence[InputFile], size: int) -> list[Cut]:
        return [cut_file(file, size) for file in files]

    def through(pieces: Sequence[Piece], goal: Folder) -> Iterator[dict[str, Any]]:
        with load_engine(config) as engine:
            for piece in pieces:
                yield work(piece, engine, goal)

    return Team(cut, through)


def _cluster(client: Client, config: Config, making: Making, watch: Watch) -> Team:
    from geomap.corpus.cluster import Cluster

    cluster = Cluster.enlist(client, config, making, watch.say)
    return Team(cluster.cut, cluster.work)


def _planned(noted: bytes | None, making: Making, files: Sequence[InputFile], team: Team, goal: Folder) -> Plan:
    """Return the plan of the interrupted run, or a new one, written down."""
    if noted is not None:
        plan = read_plan(noted, f"{goal.name}/{NAME}")
        check_same(plan, making, files, goal.name)
        return plan
    plan = Plan(making=making, files=tuple(files), cuts=tuple(team.cut(files, making.articles_a_piece)))
    if not plan.articles:
        what = f"there is no article in {len(files)} files ({plan.passed_over} records of another kind)"
        raise ArticleError(what, hint="check the source")
    clear(goal)
    goal.write(NAME, plan.to_json())
    return plan


def _work_through(plan: Plan, team: Team, goal: Folder, watch: Watch) -> Summary:
    pieces = plan.pieces
    notes = whole_pieces(goal, pieces)
    before, done = len(notes), sum(note["articles"] for note in notes.values())
    watch.progress(done, plan.articles)
    for note in team.work([piece for piece in pieces if piece.number not in notes], goal):
        notes[note["piece"]] = note
        done += note["articles"]
        watch.progress(done, plan.articles)
    tally = sum((Tally.of(note) for note in notes.values()), Tally())
    if len(notes) != len(pieces) or not tally.articles == tally.reports + tally.errors == plan.articles:
        raise GeomapError(
            f"{goal.name}: {tally.articles} of {plan.articles} articles have a record", hint="use --resume"
        )
    check_whole(goal, notes.values())
    finish(goal, plan, tally.to_dict())
    return Summary(tally=tally, pieces=len(pieces), pieces_before=before, passed_over=plan.passed_over)
