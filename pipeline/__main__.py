"""The command line: arguments and files only."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline import __version__
from pipeline.config import ConfigError, default_folder
from pipeline.garbage import seldom_looked_for
from pipeline.sheets import Sheets


class Exit(IntEnum):
    """What the exit code says."""

    OK = 0
    REJECTED = 1  # tables were written, but some input could not be read
    USAGE = 2  # the command, a configuration or the manifest is wrong; nothing was written
    OUTPUT = 3  # the tables could not be written; what was there before is whole


class Where(StrEnum):
    """Where the work of `extract` is done."""

    LOCAL = "local"
    DASK = "dask"


app = typer.Typer(
    name="unfacts",
    help="Read United Nations documents and write what they say as a tidy table of facts.",
    epilog="Start with: unfacts extract my-folder --output my-tables",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Configs = Annotated[
    Path | None, typer.Option(help="Folder of rules and language data to use instead of the built-in one.")
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"unfacts {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read United Nations documents and write what they say as a tidy table of facts."""


@app.command(
    epilog="Exit codes: 0 all was read; 1 the tables are written, but some input is in `rejected`; "
    "2 the command or a configuration is wrong, nothing was written; 3 the tables could not be written."
)
def extract(
    paths: Annotated[list[Path], typer.Argument(help="Text files, or folders of them.", metavar="PATH...")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the tables; made if it is not there.")],
    documents: Annotated[
        Path | None,
        typer.Option(
            help="A CSV table (file, document, language, date; all but file may be empty) that overrides what "
            "the documents say of themselves."
        ),
    ] = None,
    configs: Configs = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes to use; the result is the same with any number.")] = 1,
    engine: Annotated[
        Where, typer.Option(help="Where the work is done: on this machine, or on a Dask cluster (see --scheduler).")
    ] = Where.LOCAL,
    scheduler: Annotated[
        str, typer.Option(help="With --engine dask: the scheduler's address (tcp://host:8786) or its scheduler file.")
    ] = "",
    workbook: Annotated[
        Sheets,
        typer.Option(
            help="What facts.xlsx holds: all tables; all but paragraphs, dates and quantities (facts); none: it is not "
            "written. auto: all, but lists of more than 20,000 rows stay out (they are whole as CSV and Parquet)."
        ),
    ] = Sheets.AUTO,
    store: Annotated[
        Path | None,
        typer.Option(help="Where to keep what was computed for the next run; without, in OUTPUT/.unfacts."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """Read documents and write their facts as Parquet, CSV and one Excel workbook.

    The folder OUTPUT then holds facts.csv, facts.parquet and facts.xlsx (all tables in one workbook, with a codebook),
    the tables mandates, documents, paragraphs, dates, quantities and rejected, datapackage.json, which describes them,
    and timeline.svg and timeline.png, a picture of the mandates.
    What could not be read is in `rejected`, with the reason and the cure.

    OUTPUT/.unfacts keeps what was computed: a run that was stopped goes on where it was, and only new and changed files
    are read again. It may be deleted at any time.

    For example: unfacts extract letters/ S_2004_331.txt --output tables
    """
    from pipeline.shards.engines import EngineError, workers_prepared

    if workers > 1 and not scheduler:
        workers_prepared()  # while they read what they need, this process does
    from pipeline.reading import Unreadable
    from pipeline.shards.folders import extracted_to, told
    from pipeline.shards.identity import OtherRules
    from pipeline.staging import OutputError

    if not any(path.exists() for path in paths):
        names = ", ".join(map(str, paths))
        _fail(f"{names}: no such file or folder (check the spelling; the current folder is {Path.cwd()})", Exit.USAGE)
    if (engine is Where.DASK) != bool(scheduler):
        _fail("--engine dask and --scheduler ADDRESS go together: give both or neither", Exit.USAGE)
    try:
        summary = extracted_to(output, paths, documents, configs, workers, scheduler, workbook, store)
    except (ConfigError, EngineError, OtherRules) as error:
        _fail(str(error), Exit.USAGE)
    except Unreadable as unreadable:
        note = unreadable.rejection
        _fail(f"{note.file}: {note.reason} ({note.cure})", Exit.USAGE)
    except OutputError as error:
        _fail(str(error), Exit.OUTPUT)
    if not quiet:
        for line in told(summary, output):
            typer.echo(line, err=True)
    raise typer.Exit(Exit.REJECTED if summary.rejected["error"] else Exit.OK)


@app.command()
def text(
    paths: Annotated[
        list[Path], typer.Argument(help="PDF and Word files (.pdf, .docx), or folders of them.", metavar="PATH...")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the texts; made if it is not there.")],
) -> None:
    """Make text files of PDF and Word files, for `extract` to read; rows of its tables then point into them.

    PDF needs the extra `pdf`, Word the extra `docx`: pip install 'unfacts[pdf,docx]'. Exit codes are those of extract.

    For example: unfacts text reports/ --output texts
    """
    from pipeline.converting.files import converted
    from pipeline.staging import OutputError

    made, failed = 0, False
    try:
        for each in converted(paths, output):
            if each.fault is None:
                made += 1
            else:
                failed = True
                typer.echo(f"{each.fault.file}: {each.fault.reason} ({each.fault.cure})", err=True)
    except OutputError as error:
        _fail(str(error), Exit.OUTPUT)
    typer.echo(f"{made} text file{'' if made == 1 else 's'} in {output}", err=True)
    raise typer.Exit(Exit.REJECTED if failed else Exit.OK)


@app.command()
def mentions(
    text: Annotated[str | None, typer.Argument(help="The text to read.")] = None,
    language: Annotated[
        str | None, typer.Option("--language", "-l", help="Its language, ISO 639-1; found out if not given.")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", "-d", help="The day that relative dates hang on: 2004-04-23.")
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read one JSON object a line from standard input: text, language, date.")
    ] = False,
    configs: Configs = None,
) -> None:
    """Find dates, durations and quantities in a text, and say what they mean, as JSON; offsets are in characters.

    For example: unfacts mentions "Over 1,300 officials met last May." --language en --date 2004-04-23
    """
    from pipeline.lone import LoneText, mentions_of

    folder = configs or default_folder()
    if jsonl == (text is not None):
        _fail("give a text, or --jsonl and lines on standard input", Exit.USAGE)
    failed = False
    try:
        if text is not None:
            typer.echo(json.dumps(mentions_of(_lone(text, language, date), folder), ensure_ascii=False, indent=1))
            return
        for number, line in enumerate(sys.stdin, 1):
            try:
                record = json.loads(line)
                lone = LoneText.from_record(record, language, date)
                typer.echo(json.dumps(mentions_of(lone, folder), ensure_ascii=False))
            except (ValueError, TypeError) as error:
                if isinstance(error, ConfigError):
                    raise
                failed = True
                typer.echo(json.dumps({"error": f"line {number}: {error}"}, ensure_ascii=False))
    except ConfigError as error:
        _fail(str(error), Exit.USAGE)
    raise typer.Exit(Exit.REJECTED if failed else Exit.OK)


def _lone(text: str, language: str | None, date: str | None) -> Any:
    from pipeline.lone import LoneText

    try:
        return LoneText(text, language, dt.date.fromisoformat(date) if date else None)
    except ValueError:
        _fail(f"--date {date}: not a day (write it like 2004-04-23)", Exit.USAGE)


@app.command()
def rules(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Documents to count on how often each rule fires.", metavar="[PATH...]")
    ] = None,
    language: Annotated[str | None, typer.Option("--language", "-l", help="Only the rules of this language.")] = None,
    configs: Configs = None,
) -> None:
    """List the rules; with documents, how often each fires on them and which never do.

    For example: unfacts rules seeds --language en
    """
    from pipeline.coverage import as_text, rule_lines
    from pipeline.extract import extracted
    from pipeline.settings import settings

    folder = configs or default_folder()
    try:
        languages = settings(folder).languages
        if language is not None and language not in languages:
            _fail(f"--language {language}: not supported ({', '.join(languages)} are)", Exit.USAGE)
        tables = extracted(paths, folder, languages, None, _progress) if paths else None
        wanted = [language] if language else languages
        typer.echo(as_text(rule_lines(folder, wanted, None if tables is None else tables.get("facts", ()))))
    except ConfigError as error:
        _fail(str(error), Exit.USAGE)


@app.command()
def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(help="Gold files: JSON lines, see docs/evaluation.md.", metavar="GOLD...")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for metrics.json, figures.csv, errors.csv, a page.")
    ] = None,
    language: Annotated[str | None, typer.Option("--language", "-l", help="Only this language.")] = None,
    configs: Configs = None,
) -> None:
    """Measure what is found against a gold of paragraphs with their true facts, and list the errors.

    For example: unfacts evaluate tests/data/gold.jsonl --output evaluation
    """
    from pipeline.evaluation.gold import GoldError
    from pipeline.evaluation.report import as_text, write_report
    from pipeline.evaluation.run import evaluated
    from pipeline.settings import settings
    from pipeline.staging import OutputError

    folder = configs or default_folder()
    try:
        languages = [language] if language else settings(folder).languages
        tally, records = evaluated(gold, folder, languages)
        if output is not None:
            write_report(output, tally, records)
    except (ConfigError, GoldError) as error:
        _fail(str(error), Exit.USAGE)
    except OutputError as error:
        _fail(str(error), Exit.OUTPUT)
    typer.echo(as_text(tally))


@app.command()
def show(
    folder: Annotated[Path, typer.Argument(help="A folder of tables that `extract` or the pipeline wrote.")],
    rows: Annotated[int, typer.Option(help="How many facts.")] = 40,
) -> None:
    """Show the facts of a folder of tables in the terminal."""
    from pipeline.show import preview

    facts = folder / "facts.csv"
    if not facts.is_file():
        _fail(f"{facts}: there is no such file (make it with: unfacts extract PATH --output {folder})", Exit.USAGE)
    typer.echo(preview(facts, rows))


def _progress(parts: Iterator[Any], total: int) -> Iterator[Any]:
    """The parts as they come, under a progress bar where long work is watched at a terminal."""
    from tqdm import tqdm

    # disable=None: no bar where standard error is not a terminal; delay: none on short work
    return iter(tqdm(parts, total=total, unit="file", disable=None, delay=1.0, leave=False))


def _fail(message: str, code: Exit) -> Any:
    typer.echo(f"unfacts: {message}", err=True)
    raise typer.Exit(code)


def main() -> None:
    """The entry point of the command `unfacts`."""
    seldom_looked_for()
    app()


if __name__ == "__main__":
    main()
