--liquibase formatted sql
--changeset slipway:0008-guess
-- By address, whether or not anybody has it: neither a lock nor what a sign-in costs may tell.
create table accounts_guess (
  email_key text primary key,
  attempts int not null,
  locked_until timestamptz,
  last_at timestamptz not null
);
comment on column accounts_guess.attempts is 'wrong ones in a row, and those that are being checked';
create index accounts_guess_age on accounts_guess (last_at);
select slipway_platform_table('accounts_guess');

alter table accounts_credential drop column failed_logins, drop column locked_until;
