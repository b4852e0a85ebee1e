-- Looks by day for devices that were enrolled since the last night: when the next one is due; when the last one began, and
-- the last one that was answered; how many new devices it showed; how many devices looks have admitted since the last
-- night's plan; and how often looks have failed in a row, since when, and why.
alter table sync add column look_due_at timestamp(3) with time zone;
alter table sync add column look_at timestamp(3) with time zone;
alter table sync add column look_answered_at timestamp(3) with time zone;
alter table sync add column look_found integer not null default 0;
alter table sync add column looks_admitted integer not null default 0;
alter table sync add column look_failures integer not null default 0;
alter table sync add column look_failed_at timestamp(3) with time zone;
alter table sync add column look_code varchar(40);
alter table sync add column look_reason varchar(1000);
