/** What the command line needs of the layers below before any command is loaded. */
export { nearest } from "../provider/model/nearest.js";
