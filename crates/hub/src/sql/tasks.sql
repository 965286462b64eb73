SELECT kind, detail FROM task ORDER BY id
