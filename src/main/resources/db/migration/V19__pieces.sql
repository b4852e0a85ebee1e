-- The comparison after a plan goes piece by piece: comparison_due_at says when the run's goes on, and is empty once it is
-- over; a closed run that still has it ended before. comparing_by and compared_to say by which rules all devices of a sync
-- are being compared, and which EID has been reached.
alter table run add column comparison_due_at timestamp(3) with time zone;
alter table sync add column comparing_by varchar(64);
alter table sync add column compared_to varchar(32);
