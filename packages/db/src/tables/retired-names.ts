/** Names of deleted accounts, which nobody is given again. */
export type RetiredNamesTable = {
  /** SHA-256 of the name in lower case, in hex: it says whether a name was here to those who know the name. */
  name_hash: string;
};
