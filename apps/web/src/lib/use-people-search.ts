import { useDeferredValue } from "react";
import { keepPreviousData } from "@tanstack/react-query";
import { limits } from "@sotto/protocol";
import type { Person } from "@sotto/client";
import { useTranslate } from "./i18n.ts";
import { trpc } from "./trpc.ts";
import { useSettled } from "./use-settled.ts";

const nobody: Person[] = [];
/** Typing a name costs a few searches, not one for each letter. */
const settleMs = 150;

/** People whose names begin with `prefix`, without the person who asks; `message` says what to do or what came. */
export function usePeopleSearch(prefix: string, myId: string) {
  const t = useTranslate();
  const settled = useDeferredValue(useSettled(prefix, settleMs));
  const enabled =
    prefix.length >= limits.searchPrefixMinLength && settled.length >= limits.searchPrefixMinLength;
  const search = trpc.users.search.useQuery(
    { prefix: settled },
    { enabled, placeholderData: keepPreviousData, staleTime: 10_000 },
  );
  // The answer on screen may be that of a shorter prefix.
  const fits = (person: Person) =>
    person.id !== myId && person.username.toLowerCase().startsWith(prefix.toLowerCase());
  const people = enabled ? (search.data ?? nobody).filter(fits) : nobody;
  const waiting = prefix !== settled || search.isFetching;
  return { people, error: enabled ? search.error : null, message: toMessage() };

  function toMessage(): string {
    if (prefix.length < limits.searchPrefixMinLength) {
      return t("people.typeMore", { count: limits.searchPrefixMinLength });
    }
    if (people.length > 0) return t("people.found", { count: people.length });
    return waiting ? t("people.searching") : t("people.nobody", { prefix });
  }
}
