"""The spaCy components: spans and events on a doc, by the same functions as the pipeline."""

from __future__ import annotations

import datetime as dt

import spacy

from pipeline import components  # registers the factories, as the package's entry points do


def test_mentions_become_spans() -> None:
    """Dates, quantities and missions of a doc are spans with their values."""
    nlp = spacy.blank("en")
    for name in ("un_dates", "un_quantities", "un_missions"):
        nlp.add_pipe(name)
    doc = nlp.make_doc("Last May UNMIN trained over 1,300 officials.")
    doc._.un_date = dt.date(2008, 4, 23)
    for _, component in nlp.pipeline:
        doc = component(doc)
    (date,), (quantity,), (mission,) = (doc.spans[k] for k in ("un_dates", "un_quantities", "un_missions"))
    assert (date.text, date._.un.edtf) == ("Last May", "2007-05")
    assert (quantity.text, quantity._.un.value) == ("over 1,300", 1300)
    assert (mission.text, mission._.un.id) == ("UNMIN", "UNMIN")


def test_events_of_a_chinese_doc() -> None:
    """The same in Chinese, where spans cover whole tokens of spaCy's own."""
    nlp = spacy.blank("zh")
    nlp.add_pipe("un_dates")
    nlp.add_pipe("un_events")
    doc = nlp("决定将联合国尼泊尔特派团的任务期限延长至 2009 年 1 月 23 日；")
    assert [span._.un.edtf for span in doc.spans["un_dates"]] == ["2009-01-23"]
    (event,) = doc._.un_events
    assert event.type == "mandate_extension"
    assert {name: slot.value for name, slot in event.slots.items()} == {"mission": "UNMIN", "end": "2009-01-23"}


def test_factories_are_registered() -> None:
    """Every component of docs and README is there by its name."""
    assert components.make_dates
    for name in ("un_dates", "un_quantities", "un_missions", "un_events"):
        assert spacy.blank("en").has_factory(name)
