"""The rules of X: how it counts a post, which addresses it has, what its keys look like."""
