// Lets a worker thread load TypeScript. `--import tsx` alone registers nothing in a worker of Node 20; its API does.
import { register } from "tsx/esm/api";

register();
