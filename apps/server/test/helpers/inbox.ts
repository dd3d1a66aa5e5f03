/** Collects what arrives and lets a test wait for the n-th, without polling. */
export function createInbox<Item>() {
  const items: Item[] = [];
  let arrived: () => void = () => {};

  return {
    items,
    push(item: Item): void {
      items.push(item);
      arrived();
    },
    /** The first `count` items that satisfy the predicate, once there are that many. */
    async take(count: number, matches: (item: Item) => boolean = () => true): Promise<Item[]> {
      for (;;) {
        const found = items.filter(matches);
        if (found.length >= count) return found.slice(0, count);
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    },
  };
}
