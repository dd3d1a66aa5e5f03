/** Finding people. */
export const people = {
  "people.newConversation": "New conversation",
  "people.find": "Find people",
  "people.username": "Username",
  "people.people": "People",
  "people.typeMore": "Type at least {count, plural, one {# letter} other {# letters}} of the name.",
  "people.found": "{count, plural, one {# person} other {# people}}",
  "people.searching": "Searching…",
  "people.nobody": "Nobody here has a name that begins with “{prefix}”.",
} as const;
