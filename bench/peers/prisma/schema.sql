-- What `prisma migrate diff --from-empty` writes for schema.prisma, kept here because migrating needs an engine that
-- does not come from npm.
create table "User" (
  "id" uuid not null,
  "username" text not null,
  constraint "User_pkey" primary key ("id")
);

create table "Conversation" (
  "id" serial not null,
  "userAId" uuid not null,
  "userBId" uuid not null,
  "createdAt" timestamp(3) not null default current_timestamp,
  constraint "Conversation_pkey" primary key ("id")
);

create table "Message" (
  "id" serial not null,
  "conversationId" integer not null,
  "senderId" uuid not null,
  "recipientId" uuid not null,
  "content" text not null,
  "createdAt" timestamp(3) not null default current_timestamp,
  constraint "Message_pkey" primary key ("id")
);

create unique index "User_username_key" on "User" ("username");
create unique index "Conversation_userAId_userBId_key" on "Conversation" ("userAId", "userBId");
create index "Message_conversationId_id_idx" on "Message" ("conversationId", "id");
create index "Message_recipientId_id_idx" on "Message" ("recipientId", "id");

alter table "Message" add constraint "Message_conversationId_fkey" foreign key ("conversationId")
  references "Conversation" ("id") on delete restrict on update cascade;
