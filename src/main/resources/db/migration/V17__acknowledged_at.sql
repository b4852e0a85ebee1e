-- When the answer came that the device has acknowledged its latest command; null for what was acknowledged before.
alter table device add column acknowledged_at timestamp(3) with time zone;
