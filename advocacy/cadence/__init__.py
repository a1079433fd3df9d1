"""
The rhythm that a team keeps: what is due, soon or late, as a pure function of what was recorded.

kinds: what is reminded of, as it is shipped; states: the arithmetic; branches and subjects: what
the records say, in one query; standings: both together, by team; alerts with their steps, rhythm
and reminders: what home, the tiles and the page of a record show; words: how it is said.
"""
