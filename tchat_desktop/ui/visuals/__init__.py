"""The pictures that announce a chat, drawn by us: for networks, a status, and a sheet to print."""
