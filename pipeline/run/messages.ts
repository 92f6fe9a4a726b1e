/** The note of a run whose plan was not confirmed. */
export const cancelled = "Cancelled. Nothing was changed.";
