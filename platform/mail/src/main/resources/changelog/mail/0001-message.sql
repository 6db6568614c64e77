--liquibase formatted sql
--changeset slipway:0001-message
create table mail_message (
  id uuid primary key,
  content text,
  status text not null,
  attempts int not null,
  due_at timestamptz not null,
  last_error text,
  created_at timestamptz not null,
  constraint mail_message_status check (status in ('queued', 'failed'))
);
comment on column mail_message.content is 'sealed: messages carry links that are credentials; null once given up';
create index mail_message_due on mail_message (due_at) where status = 'queued';
create index mail_message_age on mail_message (created_at);
select slipway_platform_table('mail_message');
