create table users (
  id uuid primary key,
  username text not null unique
);

create table messages (
  id bigint generated always as identity primary key,
  sender_id uuid not null references users,
  recipient_id uuid not null references users,
  content text not null,
  created_at timestamptz not null default now()
);

create index messages_pair on messages
  (least(sender_id, recipient_id), greatest(sender_id, recipient_id), id);
