-- What must be answered before a quarantine is over, as names with commas; null if an answer to any call will do.
alter table sync add column quarantine_origins varchar(64);
