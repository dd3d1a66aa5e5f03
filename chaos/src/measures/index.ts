import type { Figures, MeasureName } from "../records.ts";
import { measureHostileServer } from "./hostile-server.ts";
import { measureHostileSocket } from "./hostile-socket.ts";
import type { Measure } from "./measure.ts";
import { measureReconnect } from "./reconnect.ts";
import { measureRecovery } from "./recovery.ts";
import { measureSlowReader } from "./slow-reader.ts";
import { measureSoak } from "./soak.ts";

export const measures: { [Name in MeasureName]: Measure<Figures[Name]> } = {
  recovery: measureRecovery,
  reconnect: measureReconnect,
  "slow-reader": measureSlowReader,
  "hostile-socket": measureHostileSocket,
  "hostile-server": measureHostileServer,
  soak: measureSoak,
};
