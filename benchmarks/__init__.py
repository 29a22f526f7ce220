"""Measurements on data that is not part of the project; each takes the folder of the data as an argument."""
