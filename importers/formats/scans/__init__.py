"""Pages of scans and photos: flattened, read by OCR, and understood as forms, lists or letters."""
