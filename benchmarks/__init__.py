"""Measures on real parts; every figure is a ratio to a floor or a peer of the same run."""
