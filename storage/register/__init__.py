"""The household register with its versions, the gazetteer, and what cadres said of households."""
