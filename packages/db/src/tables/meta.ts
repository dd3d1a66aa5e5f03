/** Facts about the whole installation, each written once. */
export type MetaTable = {
  key: string;
  value: string;
};
