"""Do the versions of a document say the same? Their facts, numbers, dates, hedges and modality compared."""
