"""What each chapter works out: tables in; data frames for its charts and records for its prose out.

One module per chapter, so that a notebook cell is a named call and everything else is tested here.
"""
