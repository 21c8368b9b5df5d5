/** Words of this area. */
export const messages = {} as const;
