"""Whether two texts are one: reprints, repeated petitions, notices of one form, letters that a village copies."""
