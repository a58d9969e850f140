// One member of an entry in the field that suits it.
import { Checkbox, RadioGroup, Select, TextField } from '@assent/shared';
import { m } from '../../words/messages';
import { PartialDateField } from './PartialDateField';
import { isNumber } from './draft';
import type { Member } from './forms';
import { isDate } from './partialDate';

interface MemberFieldProps {
  member: Member;
  value: string;
  onChange: (value: string) => void;
  isMissing: boolean;
  /** The program refused the whole: what cannot be read is marked. */
  isRefused: boolean;
}

export function MemberField({ member, value, onChange, isMissing, isRefused }: MemberFieldProps) {
  const label = member.label();
  switch (member.kind) {
    case 'choice':
    case 'use':
      return <Select label={label} options={optionsOf(member, value)} value={value} onChange={onChange} />;
    case 'flag':
      return (
        <Checkbox
          label={label}
          isSelected={value === 'yes'}
          onChange={(isSelected) => {
            onChange(isSelected ? 'yes' : '');
          }}
        />
      );
    case 'yesno':
      return <RadioGroup label={label} options={yesNo()} value={value} onChange={onChange} {...helpOf(member)} />;
    case 'date':
      return <PartialDateField label={label} value={value} onChange={onChange} isWrong={isRefused && value !== '' && !isDate(value)} />;
    case 'text':
    case 'area':
    case 'number':
    case 'lines':
      return <Typed {...{ member, value, onChange, isMissing, isRefused }} />;
  }
}

const ROWS: Partial<Record<Member['kind'], number>> = { area: 4, lines: 3 };

function Typed({ member, value, onChange, isMissing, isRefused }: MemberFieldProps) {
  const isNoNumber = isRefused && member.kind === 'number' && !isNumber(value);
  const help = member.kind === 'lines' ? m.field_one_a_line() : member.help?.();
  return (
    <TextField
      label={member.label()}
      value={value}
      onChange={onChange}
      isOptional={member.isRequired !== true}
      rows={ROWS[member.kind] ?? 1}
      width={member.width ?? 'full'}
      inputMode={member.kind === 'number' ? 'decimal' : 'text'}
      error={isMissing ? m.field_missing() : isNoNumber ? m.field_no_number() : null}
      autoComplete="off"
      {...(help === undefined ? {} : { help })}
    />
  );
}

/** What an import brought may be none of the usual choices; it is not lost for that. */
function optionsOf(member: Member, value: string) {
  const options = member.options?.() ?? [];
  return options.some((option) => option.value === value) ? options : [...options, { value, label: value }];
}

function yesNo() {
  return [
    { value: 'yes', label: m.field_yes() },
    { value: 'no', label: m.field_no() },
    { value: '', label: m.field_not_said() },
  ];
}

function helpOf({ help }: Member) {
  return help === undefined ? {} : { help: help() };
}
