"""What each bias can do to a published proportion: pure numbers in, numbers out.

Every share is a proportion in [0, 1], never a percentage. Functions take scalars or arrays that
broadcast; all-scalar input gives a Python float. Impossible input raises `ArgumentError`, which
names the argument, its value and what was expected.
"""
