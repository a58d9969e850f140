// What crosses between the console and its pages, as the server writes it down.
export type * from './gen/types';
export type { Routes } from './gen/routes';
