/** One of the cast, with the server that they go to and what lets them in. */
export type User = { id: string; url: string; token: string };

export type Arrived = (bytes: string) => void;

export type Connection = {
  /** Resolves when the server has acknowledged it. Rejects where it refuses. */
  send(to: User, bytes: string): Promise<void>;
  close(): Promise<void>;
};

/** A page of what two people wrote, newest first, and what to ask for next. */
type Page = { bytes: string[]; before: string | null };

export type Reader = {
  read(other: User, before: string | null, limit: number): Promise<Page>;
  close(): Promise<void>;
};

/** How the load speaks to one kind of server. */
export type Adapter = {
  /** Resolves when what is sent to the user from now on would arrive. */
  connect: (user: User, arrived: Arrived) => Promise<Connection>;
  /** The same for somebody who comes back, and gets what they have missed. */
  comeBack?: (user: User, arrived: Arrived) => Promise<Connection>;
  openReader?: (user: User) => Promise<Reader>;
};
