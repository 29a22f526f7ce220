"""Sentences: `|` marks where one ends and the next begins; every character that is no space is in one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sentences import Sentences
from tests.sizes import assert_linear

CONFIGS = Path(__file__).parent.parent / "configs"
LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh"]
SPLITTERS = {language: Sentences.from_config(CONFIGS, language) for language in LANGUAGES}

CASES = {
    "en": [
        "1. Decides to extend the mandate.| 2. Requests a report.",
        "Decides: (a) to extend it; (b) to report; 3. Requests more; and remains seized.",
        "Mr. Kofi A. Annan met Dr. B. B. Ghali.| He left.",
        "It grew by 3.5 per cent (see para. 5 and art. IV).| It fell.",
        "The U.N. Mission and the U.S. Government agreed.| They met at 10 a.m. on Monday.",
        "He works for the U.N.| The Office moved.",
        "Document S/2004/331/Add. 1 and No. 5, vol. II, p. 3 were read.| He said no.| The vote was lost.",
        'He said: "It is over."| "When?" he was asked.| "Now!"| They left.',
        "The list (weapons, etc.) was kept.| It named mines, etc. and more.",
        "They waited ...| Then they left.| It was...over.",
        "It met in June.[5]| The report was late.¹| Others were not.",
        "It ended that year.|The next began; see www.un.org for more.",
        "Adopted at the 4,984th meeting",
    ],
    "fr": [
        "M. Annan et S. E. M. Abel ont dit : « Oui. »| Le par. 4 de l'art. 5 le dit.",
        "Quel rapport existe-t-il ?| Aucun ; voir p. 3, vol. II.| Fin.",
        "2. Est conscient de cela ; décide.| Il prie.",
    ],
    "es": [
        "El Sr. Annan visitó EE. UU. en 2004.| ¿Quién?| ¡Nadie!| Véase el párr. 5 del art. 3.",
        "La Sra. Pérez, del Dpto. Jurídico, llegó; salió.| El núm. 5 falta.",
    ],
    "ru": [
        "8. Особо указывает на это.| Г-н К. А. Аннан и И. И. Иванов прибыли.",
        "Расходы составили 5 млн. долл. США в 2004 г. и росли.| См. п. 5 ст. 3.| «Да».| В г. Душанбе тихо.",
        "Это было в 2004 г.| На заседании он выступил, т.е. сообщил и т.д. подробно.",
    ],
    "ar": [
        "3. يقرر تمديد الولاية.| هل انتهى؟| نعم؛ انتهى.",
        "قال د. محمد ذلك في الفقرة 3.5 من القرار.| وانتهى!",
    ],
    "zh": [
        "他说：“好。”|“再见。”|他走了！|结束。",
        "2. Mansour先生说：没有；好，增长3.5%。|（见附件。）|后来",
        '然后"结束。"|"开始。"|《谁？》，他问。|[完。]',
        "1 300多名官员参加了会议……讨论此事。|好",
    ],
}


def cases():
    return [(language, text) for language, texts in CASES.items() for text in texts]


@pytest.mark.parametrize(("language", "marked"), cases())
def test_sentences_end_where_marked(language, marked):
    """The marks of the language end a sentence; abbreviations, initials, numbers and semicolons do not."""
    text = marked.replace("|", "")
    found = [text[a:b] for a, b in SPLITTERS[language].spans(text)]
    assert found == [part.strip() for part in marked.split("|")]


@given(st.sampled_from(LANGUAGES), st.text(alphabet="aB1 .!?…。\"'”(）)؟\u00a0\n;А联", max_size=60))
def test_every_character_is_in_exactly_one_sentence(language, text):
    """Spans are in order, apart, without white space at their ends, and leave out nothing but white space."""
    spans = SPLITTERS[language].spans(text)
    done = 0
    for start, end in spans:
        assert done <= start < end
        assert not text[done:start].strip()
        assert text[start:end] == text[start:end].strip()
        done = end
    assert not text[done:].strip()


HOSTILE = [  # a text of so many characters
    lambda size: "." * size,
    lambda size: "." + ")" * size,
    lambda size: ". " + "(" * size,
    lambda size: "a" * size + ".",
    lambda size: "." + " " * size,
    lambda size: '。"' * (size // 2),
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_text_takes_linear_time(language, text):
    """A run of marks, brackets or spaces is read once."""
    assert_linear(lambda size: lambda: list(SPLITTERS[language].spans(text(size))), 10_000)
