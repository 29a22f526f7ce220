"""The text of a PDF, page by page, by PDFium (the extra `pdf`)."""

from __future__ import annotations

from pipeline.converting.errors import NotConverted

PAGE_END = "\f"
"""What stands between two pages, as pdftotext has it: running heads and page numbers are told by it."""

_HYPHEN = "\ufffe"  # PDFium's sign for a hyphen at the end of a line


def pdf_text(data: bytes) -> str:
    """The text of a PDF, its lines as they are set. Raises NotConverted."""
    try:
        import pypdfium2
    except ImportError:
        missing = "this is a PDF, and the extra `pdf` is not installed"
        raise NotConverted(missing, "pip install 'unfacts[pdf]'") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise NotConverted("the PDF is locked with a password", "store it without the password") from None
        raise NotConverted(f"the PDF is damaged: {error}", "get the file again") from None
    pages: list[str] = []
    try:
        for page in document:
            text_page = page.get_textpage()
            pages.append(text_page.get_text_range())
            text_page.close()
            page.close()
    except pypdfium2.PdfiumError as error:
        raise NotConverted(f"page {len(pages) + 1} of the PDF cannot be read: {error}", "get the file again") from None
    finally:
        document.close()
    if not any(page.strip() for page in pages):
        raise NotConverted("the PDF holds pictures of pages and no text", "read its text with OCR first")
    return PAGE_END.join(page.replace("\r\n", "\n").replace(_HYPHEN, "-").strip("\n") + "\n" for page in pages)
