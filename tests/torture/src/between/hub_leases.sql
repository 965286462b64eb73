SELECT series, day, first_number, last_number, device, epoch FROM lease
