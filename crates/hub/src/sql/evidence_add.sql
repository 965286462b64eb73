INSERT INTO evidence (device, epoch, first_seq, last_seq, head, batch, received_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
