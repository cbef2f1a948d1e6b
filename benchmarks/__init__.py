"""Measurements of accuracy, speed and memory; `make evaluate` and `make benchmark` run them."""
