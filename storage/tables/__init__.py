"""The tables, one module per aggregate; columns named `sealed` hold one encrypted JSON object."""
