// The editor that suits an item's shape.
import { EntriesEditor } from './EntriesEditor';
import { NeedsEditor } from './NeedsEditor';
import { BloodGroupEditor, DateEditor, LanguagesEditor, TextEditor } from './PlainEditors';
import type { EditorProps } from './editor';
import { FORMS } from './forms';

/** Whether an item can be changed here; an attachment can only be removed. */
export function isEditable(shape: string): boolean {
  return shape !== 'attachment';
}

export function ItemEditor(props: EditorProps) {
  const form = FORMS[props.item.shape];
  if (form !== undefined) return <EntriesEditor {...props} form={form} />;
  switch (props.item.shape) {
    case 'needs':
      return <NeedsEditor {...props} />;
    case 'date':
      return <DateEditor {...props} />;
    case 'blood_group':
      return <BloodGroupEditor {...props} />;
    case 'languages':
      return <LanguagesEditor {...props} />;
    default:
      return <TextEditor {...props} />;
  }
}
