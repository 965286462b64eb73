SELECT hash, done FROM upload
