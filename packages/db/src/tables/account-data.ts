/** Sealed pins, settings and drafts of one person. No row is version 0. */
export type AccountDataTable = {
  user_id: string;
  version: number;
  /** Base64. */
  sealed: string;
};
