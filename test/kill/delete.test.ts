import { playKills } from "./kills.js";

playKills("delete");
