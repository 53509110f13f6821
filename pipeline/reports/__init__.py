"""Weekly and monthly reports as documents that an office edits and passes on."""
