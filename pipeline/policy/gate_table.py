"""Whether a gate stands before the texts of the media, as a strict model of `gate.toml`."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class GatePolicy(BaseModel):
    """On or off, and the county's own threshold if it has one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    checked_on: date
    on: bool
    least: float | None = None
    """Log-odds from which a text is read; those that the gate was measured with when unset."""
