UPDATE life SET starts = starts + 1 RETURNING starts
