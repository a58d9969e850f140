// Language, size of words, light or dark: changed at once, here and nowhere else.
import { Card, LANGUAGE_NAMES, RadioGroup, Select, TEXT_SIZES, THEMES, useLanguage, useTextSize, useTheme } from '@assent/shared';
import type { Language, TextSize, Theme } from '@assent/shared';
import { useAct } from '../../session/ask';
import { m } from '../../words/messages';

export function LooksCard() {
  const { language, choose } = useLanguage();
  const [theme, setTheme] = useTheme();
  const [size, setSize] = useTextSize();
  const change = useAct('settings_set');
  return (
    <Card heading={m.settings_looks()}>
      <RadioGroup
        label={m.settings_language()}
        options={(Object.keys(LANGUAGE_NAMES) as Language[]).map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        value={language}
        onChange={(next) => {
          choose(next);
          // Notices outside the window speak it too.
          change.mutate({ language: next });
        }}
      />
      <Select
        label={m.settings_text()}
        options={TEXT_SIZES.map((value) => ({ value, label: sizeWords(value) }))}
        value={size}
        onChange={setSize}
      />
      <RadioGroup label={m.settings_theme()} options={THEMES.map((value) => ({ value, label: themeWords(value) }))} value={theme} onChange={setTheme} />
    </Card>
  );
}

function sizeWords(size: TextSize): string {
  switch (size) {
    case '100':
      return m.text_normal();
    case '125':
      return m.text_large();
    case '150':
      return m.text_larger();
    case '200':
      return m.text_largest();
  }
}

function themeWords(theme: Theme): string {
  switch (theme) {
    case 'system':
      return m.theme_system();
    case 'light':
      return m.theme_light();
    case 'dark':
      return m.theme_dark();
  }
}
