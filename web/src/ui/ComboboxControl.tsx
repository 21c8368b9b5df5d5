import { useMemo, useState } from "react";
import { Button } from "react-aria-components/Button";
import { ComboBox } from "react-aria-components/ComboBox";
import { FieldError } from "react-aria-components/FieldError";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Text } from "react-aria-components/Text";
import { useLocale } from "../i18n/locale";
import { useMessages } from "../i18n/messages";
import type { ComboboxProps } from "./Combobox";
import { INPUT_CLASS } from "./Field";
import { Icon } from "./Icon";

/** Rows shown at once; typing narrows the rest. */
const MOST_SHOWN = 60;

/** The combobox itself, in a chunk of its own. */
export function ComboboxControl({
  label,
  options,
  value,
  onChange,
  error,
  hint,
  placeholder,
  isLabelHidden = false,
}: ComboboxProps) {
  const t = useMessages("common");
  const { locale } = useLocale();
  const chosen = options.find((option) => option.id === value);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? chosen?.label ?? "";
  const shown = useMemo(() => {
    const words = (typed ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    return options
      .filter((option) => {
        const search = (option.search ?? option.label).toLowerCase();
        return words.every((word) => search.includes(word));
      })
      .slice(0, MOST_SHOWN);
  }, [options, typed]);
  const hasError = error !== undefined && error !== null && error !== "";

  return (
    <I18nProvider locale={locale === "en" ? "en-US" : "zh-CN"}>
      <ComboBox
        items={shown}
        inputValue={text}
        selectedKey={value}
        isInvalid={hasError}
        menuTrigger="focus"
        allowsEmptyCollection
        onInputChange={(next) => setTyped(next === chosen?.label ? null : next)}
        onSelectionChange={(key) => {
          setTyped(null);
          onChange(key === null ? null : String(key));
        }}
        onBlur={() => setTyped(null)}
      >
        <Label className={isLabelHidden ? "sr-only" : "mb-1 block text-sm font-medium"}>
          {label}
        </Label>
        <div className="relative">
          <Input className={`${INPUT_CLASS} pr-10`} placeholder={placeholder} />
          <Button className="absolute inset-y-0 right-0 grid w-10 place-items-center text-muted">
            <Icon name="chevronDown" />
          </Button>
        </div>
        {hint !== undefined && (
          <Text slot="description" className="mt-1 block text-sm text-muted">
            {hint}
          </Text>
        )}
        <FieldError className="mt-1 block text-sm text-danger">{error}</FieldError>
        <Popover className="w-(--trigger-width) overflow-y-auto rounded-card border border-line bg-card shadow-overlay">
          <ListBox
            className="max-h-72 overflow-y-auto p-1 outline-none"
            renderEmptyState={() => (
              <p className="px-3 py-2 text-sm text-muted">{t("nothingFound")}</p>
            )}
          >
            {(option: (typeof shown)[number]) => (
              <ListBoxItem
                id={option.id}
                textValue={option.label}
                className="flex min-h-10 cursor-pointer items-center justify-between gap-3 rounded-md px-3 data-focused:bg-sunken data-selected:font-medium"
              >
                <span>{option.label}</span>
                {option.hint !== undefined && (
                  <span className="text-sm text-muted">{option.hint}</span>
                )}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
    </I18nProvider>
  );
}
