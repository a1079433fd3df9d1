"""
The rhythm that a team keeps: what is due, soon or late, as a pure function of what was recorded.

kinds: what is reminded of, as it is shipped; states: the arithmetic; subjects: what the records
say, in one query; standings: both together, by team; alerts and rhythm: what the pages show.
"""
