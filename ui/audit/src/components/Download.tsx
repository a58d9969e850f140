// A button that hands a text over as a file. It is made in the browser; nothing is sent.
import { Button } from '@assent/shared';

interface DownloadProps {
  name: string;
  text: () => string;
  label: string;
  mediaType?: string;
  kind?: 'main' | 'second' | 'quiet';
}

/** Saves a text under a name. */
export function Download({ name, text, label, mediaType = 'text/plain', kind = 'second' }: DownloadProps) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([text()], { type: `${mediaType};charset=utf-8` }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
  };
  return <Button kind={kind} icon="download" onPress={save}>{label}</Button>;
}
