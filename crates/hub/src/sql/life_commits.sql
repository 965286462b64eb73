SELECT commits FROM life
