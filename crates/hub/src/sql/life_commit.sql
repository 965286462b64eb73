UPDATE life SET commits = commits + 1 RETURNING commits
