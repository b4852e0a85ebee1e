-- Whether the answer to a call left open if it sent the device a command, and with how many others at most a device is
-- pushed to whose call for several failed.
alter table journal_device add column unsure boolean default false not null;
alter table device add column push_together integer;
