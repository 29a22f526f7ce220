"""The versions of one document find each other, and so do their paragraphs, by what does not depend on language."""
