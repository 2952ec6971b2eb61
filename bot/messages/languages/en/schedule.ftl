## When things come

nothing-came = Nothing new since the last roundup.
