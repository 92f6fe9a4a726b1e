import { playKills } from "./kills.js";

playKills("create");
