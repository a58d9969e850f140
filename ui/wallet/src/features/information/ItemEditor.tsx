// The editor that suits an item's shape.
import { EntriesEditor } from './EntriesEditor';
import { NeedsEditor } from './NeedsEditor';
import { BloodGroupEditor, DateEditor, LanguagesEditor, TextEditor } from './PlainEditors';
import type { EditorProps } from './editor';
import { FORMS } from './forms';

export function ItemEditor(props: EditorProps) {
  const { shape } = props.item;
  switch (shape) {
    case 'needs':
      return <NeedsEditor {...props} />;
    case 'date':
      return <DateEditor {...props} />;
    case 'blood_group':
      return <BloodGroupEditor {...props} />;
    case 'languages':
      return <LanguagesEditor {...props} />;
    case 'text':
      return <TextEditor {...props} />;
    case 'attachment':
      // A file has a page of its own.
      return null;
    default:
      return <EntriesEditor {...props} form={FORMS[shape]} />;
  }
}
