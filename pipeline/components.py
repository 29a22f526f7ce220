"""spaCy components, for people who live in spaCy: `nlp.add_pipe("un_dates")` and its kin.

Each writes spans to `doc.spans` under the component's own key and values to the spans' extensions (`span._.un`);
`un_events` writes to `doc._.un_events`. The document's own date, on which relative dates hang, is `doc._.un_date`.

This module only registers them: spaCy imports it, as a package's entry point, whenever it makes any pipeline, so what
the components need is imported when one is made. Annotations are types here, and not their names: older versions of
spaCy read them.
"""

from collections.abc import Callable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

Component = Callable[[Doc], Doc]


def _folder(configs: str) -> Path:
    from pipeline.config import default_folder

    return Path(configs) if configs else default_folder()


@Language.factory("un_dates", default_config={"configs": ""})
def make_dates(nlp: Language, name: str, configs: str) -> Component:
    """Dates and durations of any text, in `doc.spans["un_dates"]`."""
    from pipeline.doc_components import TimeComponent

    return TimeComponent(_folder(configs), str(nlp.lang), name)


@Language.factory("un_quantities", default_config={"configs": ""})
def make_quantities(nlp: Language, name: str, configs: str) -> Component:
    """Quantities, in `doc.spans["un_quantities"]`."""
    from pipeline.doc_components import MentionComponent

    return MentionComponent(_folder(configs), str(nlp.lang), name, lambda m: m.quantities)


@Language.factory("un_missions", default_config={"configs": ""})
def make_missions(nlp: Language, name: str, configs: str) -> Component:
    """Missions and bodies, in `doc.spans["un_missions"]`."""
    from pipeline.doc_components import MentionComponent

    return MentionComponent(_folder(configs), str(nlp.lang), name, lambda m: m.names)


@Language.factory("un_events", default_config={"configs": ""})
def make_events(nlp: Language, name: str, configs: str) -> Component:
    """Events, in `doc._.un_events`."""
    from pipeline.doc_components import EventComponent

    return EventComponent(_folder(configs), str(nlp.lang))
