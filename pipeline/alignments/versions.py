"""The versions of each document side by side: which files, and which paragraphs of theirs say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.alignments.linking import families
from pipeline.alignments.paragraphs import aligned
from pipeline.alignments.signatures import DocumentSignature, ParagraphSignature


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of one of the versions: its file and its number (from 1)."""

    file: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Versions:
    """A document: its name in the tables, its files in the order of their languages, and its aligned paragraphs.

    `linked`: the files that were found to belong to it by what they share, and not by a symbol. Each group holds the
    paragraphs, of the first file of each language, that say the same; one that only one file has is a group of its own.
    """

    document: str
    files: tuple[str, ...]
    languages: tuple[str, ...]
    linked: tuple[str, ...]
    groups: tuple[tuple[Place, ...], ...]

    def compared(self) -> Versions:
        """Without the files that are not compared."""
        files = compared_files(self.files, self.languages)
        kept = tuple(language for file, language in zip(self.files, self.languages, strict=True) if file in files)
        return Versions(self.document, files, kept, self.linked, self.groups)


def versions_of(signatures: Sequence[DocumentSignature]) -> list[Versions]:
    """The documents of which there are several files; give the signatures by language, then by file."""
    by_file = {signature.file: signature for signature in signatures}
    result = []
    for family in families(signatures):
        if len(family.files) > 1:
            languages = tuple(by_file[file].language for file in family.files)
            files = compared_files(family.files, languages)
            groups = groups_of([by_file[file] for file in files])
            result.append(Versions(family.document, family.files, languages, family.linked, groups))
    return result


def compared_files(files: Sequence[str], languages: Sequence[str]) -> tuple[str, ...]:
    """Of a document's files those that are compared: the first of each language; none where there is one language."""
    first: dict[str, str] = {}
    for file, language in zip(files, languages, strict=True):
        first.setdefault(language, file)
    return tuple(first.values()) if len(first) > 1 else ()


def groups_of(files: Sequence[DocumentSignature]) -> tuple[tuple[Place, ...], ...]:
    """The paragraphs of several versions in groups that say the same.

    All versions are aligned with the first; what the first has lost is then looked for among the others, with the
    second as the first, and so on. Two files of one language are two files, and not compared.
    """
    parent: dict[Place, Place] = {
        place: place for file in files for place in _places(file.file, range(len(file.paragraphs)))
    }

    def root(place: Place) -> Place:
        while parent[place] != place:
            parent[place] = place = parent[parent[place]]
        return place

    paired: set[Place] = set()
    for number, first in enumerate(files):
        left = [p for p in _places(first.file, range(len(first.paragraphs))) if not number or p not in paired]
        for other in files[number + 1 :]:
            if other.language == first.language or not left:
                continue
            right = [p for p in _places(other.file, range(len(other.paragraphs))) if not number or p not in paired]
            for bead in aligned(_of(first, left), _of(other, right)):
                if not bead.left or not bead.right or (number and bead.score <= 0):
                    continue
                places = [*(left[i] for i in bead.left), *(right[j] for j in bead.right)]
                paired.update(places)
                for place in places[1:]:
                    parent[root(place)] = root(places[0])
    groups: dict[Place, list[Place]] = {}
    for place in parent:
        groups.setdefault(root(place), []).append(place)
    return tuple(tuple(group) for group in groups.values())


def _places(file: str, indices: Sequence[int]) -> list[Place]:
    return [Place(file, index + 1) for index in indices]


def _of(file: DocumentSignature, places: Sequence[Place]) -> list[ParagraphSignature]:
    return [file.paragraphs[place.paragraph - 1] for place in places]
