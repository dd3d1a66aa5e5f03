/** One figure of the scoreboard, measured by one function. */
export type Measure<Figures> = (context: {
  /** The full size, or a small one for a trial: what a trial gives is not recorded. */
  scale: (full: number, trial: number) => number;
  say: (text: string) => void;
}) => Promise<Figures>;
