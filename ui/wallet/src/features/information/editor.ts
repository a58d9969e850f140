// What every editor of a value is given, and what it tells.
import type { DataItem, Json } from '../../host/host';

export interface EditorProps {
  item: DataItem;
  /** The value as it stands in the fields: null where they say nothing, undefined where something is missing. */
  onChange: (value: Json | undefined) => void;
  /** What is missing is marked: somebody tried to save it. */
  isMarked: boolean;
  /** The program refused the value: what cannot be right is marked. */
  isRefused: boolean;
}
