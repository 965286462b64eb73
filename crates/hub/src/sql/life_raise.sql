UPDATE life SET starts = max(starts, ?1), commits = max(commits, ?2)
