SELECT id, response FROM request
