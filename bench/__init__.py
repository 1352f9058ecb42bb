"""Measurements, run by `make bench`: what a turn costs, how long people wait, what is kept."""
