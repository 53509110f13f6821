"""The optional second reader: a language model inside the intranet that is asked about texts the classifier doubts."""
