import { playKills } from "./kills.js";

playKills("update");
