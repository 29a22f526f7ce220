"""The stages of the DVC pipeline: each reads files, calls pure functions, writes files.

One module a stage, so that dvc.yaml can name honestly what each depends on: the modules it imports (and theirs)
and the configuration it reads.
"""
