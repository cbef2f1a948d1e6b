"""The catalogue: what this project knows about reports, as data, and the loader that checks it."""

from analysis.catalogue.loader import Catalogue, Indicator, Rule, load_catalogue

__all__ = ["Catalogue", "Indicator", "Rule", "load_catalogue"]
