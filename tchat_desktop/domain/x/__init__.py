"""What only X knows: how it counts a post, what it takes for a link, what it calls a key."""
