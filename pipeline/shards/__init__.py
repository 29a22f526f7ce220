"""Large folders: shards of files, each computed once, kept, and put together.

A run is a chain of pure functions from bytes to bytes: files to a part (the rows of a few files), parts to what their
language versions say of one another, a part and what is said of it to the part that is written. Each result is kept in
a store under the hash of all that it depends on, so a run that was killed goes on where it was, and a new document
costs its own shard. The same functions run in this process, in a pool of processes and on a Dask cluster (`engines`).
"""
