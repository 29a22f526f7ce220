"""Events: a trigger with typed slots, read by one engine from rules that are data."""
