/** A value of null deletes the key. Values are JSON. */
export type Change = { key: string; value: unknown };

export type Range = {
  prefix: string;
  /** Only keys that sort before this one. */
  before?: string;
  /** Only keys that sort after this one. */
  after?: string;
  limit?: number;
  /** Largest key first. */
  reverse?: boolean;
};

export type Entry = { key: string; value: unknown };

/**
 * Where a messenger keeps its state: an ordered map from text to JSON values. Keys hold ids and times, never content;
 * values may be secret, so every store but the one in memory can encrypt them.
 */
export type Store = {
  get(key: string): Promise<unknown>;
  list(range: Range): Promise<Entry[]>;
  /** All of it or nothing, in order; resolves when a killed process would find it again. */
  commit(changes: Change[]): Promise<void>;
  /** Removes everything, keys that encrypted it included. The store can be used again afterwards, empty. */
  erase(): Promise<void>;
  close(): Promise<void>;
  /**
   * Hears of it when the store was taken away from under whoever uses it, as a browser does that makes room or is told
   * to forget a page. What is called after that begins anew with what is left: all of it, or nothing.
   */
  onLost?(handler: () => void): void;
};
