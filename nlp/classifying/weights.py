"""Where the reader's weights lie, and how they are put together."""

from pathlib import Path

from nlp.classifying.linear import load_linear_model
from nlp.classifying.panel import Panel, load_panel
from nlp.network.folder import load_network

SHIPPED = Path(__file__).parents[1] / "models"
LINEAR, PANEL, NETWORK, GATE = "linear", "panel", "network", "gate"


def load_weights(directory: Path = SHIPPED) -> Panel:
    """The panel of a directory, with the network where the directory has one.

    Raises:
        ModelError: when a file is missing, is not the one that its manifest names, or belongs to other weights.
    """
    folder = directory / NETWORK
    network = load_network(folder) if folder.is_dir() else None
    return load_panel(directory / PANEL, load_linear_model(directory / LINEAR), network)
