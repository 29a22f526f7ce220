"""The peers."""
PEERS = {}
